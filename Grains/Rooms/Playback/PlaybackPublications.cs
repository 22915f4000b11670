using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Playback;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>The playback channel is told of the vector, and the queue channel of the vote to skip; the newest stands for all before.</summary>
internal static class PlaybackPublications
{
    public const string VectorKey = "vector";
    public const string SkipKey = "skip";

    public static IEnumerable<OutboxEntry> Of(Room room, ImmutableArray<RoomEvent> events)
    {
        if (events.Any(happened => happened is TrackStarted or TrackEnded or VectorChanged))
        {
            yield return OutboxEntry.Of(room, RoomId.PlaybackOf(room.RoomId), RoomEvents.Playback, VectorKey, Payload.Of(VectorOf(room), WireJson.Default.PlaybackVector));
        }

        if (events.Any(happened => happened is SkipTallied))
            yield return OutboxEntry.Of(room, RoomId.QueueOf(room.RoomId), RoomEvents.Skip, SkipKey, Payload.Of(room.SkipTold, WireJson.Default.SkipTally));
    }

    /// <summary>The vector as members get it: with what to load ahead.</summary>
    public static PlaybackVector VectorOf(Room room) => room.Playback.Vector with { Next = HintOf(room) };

    /// <summary>What is likely to play next: the first of the queue, or the song of the fallback playlist that starts when the current one has ended.</summary>
    public static LoadHint? HintOf(Room room)
    {
        var queue = room.Queue;
        if (queue.Next is { } next)
            return new LoadHint { EntryId = next.EntryId, Url = next.Track.Url };
        var endsAtMs = PlaybackRules.EndsAtMs(room.Playback.Vector) ?? room.Playback.Vector.AnchorTimeMs;
        return StartRules.FallbackIndex(queue, TimeSpan.FromMinutes(room.QueueLimits?.NoRepeatMinutes ?? 0), endsAtMs) is { } index
            ? new LoadHint { EntryId = FallbackPlaylist.EntryIdOf(queue.LastSequence + 1), Url = queue.Fallback.Tracks[index].Url }
            : null;
    }
}
