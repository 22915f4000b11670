using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Order;
using WhatsSound.Grains.Users;
using WhatsSound.Users;

namespace WhatsSound.Grains.Rooms;

/// <summary>Users are told of their songs in their own channels, wherever they are; and in a public room whoever follows them is told that they are live.</summary>
internal static class NoticePublications
{
    public static IEnumerable<OutboxEntry> Of(Room room, ImmutableArray<RoomEvent> events)
    {
        foreach (var named in events.OfType<NextNamed>())
        {
            if (room.Queue.Next is { } next && next.EntryId == named.EntryId)
                yield return OutboxEntry.ForUser(next.AddedBy, UserNotice.OfSong(UserEvents.SongNext, NoticeOf(room, next)));
        }

        if (room.Current is not { IsFallback: false } current || !events.Any(happened => happened is TrackStarted started && started.EntryId == current.EntryId))
            yield break;
        yield return OutboxEntry.ForUser(current.AddedBy, UserNotice.OfSong(UserEvents.SongPlaying, NoticeOf(room, current)));
        if (room.Settings is { IsListed: true, IsInviteOnly: false })
            yield return OutboxEntry.ForFollowers(UserNotice.OfLive(LiveOf(room, current), room.Revision), current.AddedBy);
    }

    private static SongNotice NoticeOf(Room room, QueuedSong song) => new()
    {
        RoomId = room.RoomId, RoomName = room.Settings.Name, EntryId = song.EntryId, Title = song.Track.Title, Artist = song.Track.Artist,
    };

    private static LiveNotice LiveOf(Room room, QueuedSong song) => new()
    {
        RoomId = room.RoomId, RoomName = room.Settings.Name, UserId = song.AddedBy, DisplayName = song.AddedByName, Title = song.Track.Title,
    };
}
