using System.Collections.Immutable;
using System.Globalization;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>The main channel is told of each song that was played, as history has it: the queue's leaves out songs that come and go between two frames.</summary>
internal static class PlayPublications
{
    public static IEnumerable<OutboxEntry> Of(Room room, ImmutableArray<RoomEvent> events)
    {
        var ended = events.OfType<TrackEnded>().Select(static happened => happened.EntryId).ToHashSet(StringComparer.Ordinal);
        return room.Unkept.Select(static play => play.Song).Where(song => ended.Contains(song.EntryId)).Select(song =>
            OutboxEntry.Of(room, RoomId.KeyOf(room.RoomId), RoomEvents.Played, song.EntryId, Payload.Of(song, WireJson.Default.HistoryItem)) with
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"{room.Revision}-{song.EntryId}"),
            });
    }
}
