using System.Collections.Immutable;
using System.Text.Json;
using WhatsSound.Channels;
using WhatsSound.Grains.Playback;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Makes snapshots, and makes them fit.</summary>
internal static class RoomSnapshots
{
    /// <summary>How many chat messages a snapshot has.</summary>
    public const int ChatMax = 50;

    /// <summary>How many members are left when even they do not fit.</summary>
    private const int SampleMax = 10;

    public static RoomSnapshot Build(
        Room room, RoomMoment moment, string userId, PresenceView presence, Recovery chat, ImmutableDictionary<string, Position> positions)
    {
        var queue = QueueViews.Of(room, "snapshot", null);
        var snapshot = new RoomSnapshot
        {
            RoomId = room.RoomId,
            Revision = room.Revision,
            ServerTimeMs = moment.NowMs,
            Settings = room.Settings,
            OwnerUserId = room.OwnerUserId,
            HostUserId = room.HostUserId,
            MyRole = room.HostUserId == userId ? RoomRole.Host : RoomRole.Listener,
            Playback = room.Playback.Vector,
            Queue = queue,
            MyVotes = VotesOf(room, userId, queue.Window.Select(entry => entry.EntryId)),
            History = room.History,
            Chat = chat.Publications,
            ChatHasMore = chat.Publications is [{ Offset: > 1 }, ..],
            Presence = presence,
            Skip = SkipRules.Tally(room.Playback, moment.Attendance, moment.NowMs),
            Positions = positions,
            MySkipVote = room.Playback.SkipVoters.Contains(userId),
        };
        return Fit(snapshot);
    }

    /// <summary>Leaves out the oldest chat first, then the end of the queue, then members beyond a sample, then the oldest history.</summary>
    public static RoomSnapshot Fit(RoomSnapshot snapshot)
    {
        var excess = BytesOf(snapshot) - RoomSnapshot.BytesMax;
        while (excess > 0)
        {
            var smaller = Smaller(snapshot, excess);
            if (ReferenceEquals(smaller, snapshot))
                return snapshot;
            snapshot = smaller;
            excess = BytesOf(snapshot) - RoomSnapshot.BytesMax;
        }

        return snapshot;
    }

    private static RoomSnapshot Smaller(RoomSnapshot snapshot, int excess)
    {
        if (!snapshot.Chat.IsEmpty)
            return snapshot with { Chat = snapshot.Chat[CountOfOldest(snapshot.Chat, excess)..], ChatHasMore = true };
        if (!snapshot.Queue.Window.IsEmpty)
            return WithShorterQueue(snapshot);
        if (snapshot.Presence.Members.Length > SampleMax)
            return snapshot with { Presence = snapshot.Presence with { Members = snapshot.Presence.Members[..SampleMax], IsComplete = false } };
        return snapshot.History.IsEmpty ? snapshot : snapshot with { History = snapshot.History[..^1] };
    }

    private static RoomSnapshot WithShorterQueue(RoomSnapshot snapshot)
    {
        var window = snapshot.Queue.Window[..(snapshot.Queue.Window.Length * 3 / 4)];
        var shown = window.Select(entry => entry.EntryId).ToHashSet(StringComparer.Ordinal);
        return snapshot with
        {
            Queue = snapshot.Queue with { Window = window },
            MyVotes = snapshot.MyVotes.RemoveRange(snapshot.MyVotes.Keys.Where(entryId => !shown.Contains(entryId))),
        };
    }

    private static int CountOfOldest(ImmutableArray<Publication> chat, int bytes)
    {
        var count = 0;
        for (var sum = 0; count < chat.Length && sum < bytes; count++)
            sum += JsonSerializer.SerializeToUtf8Bytes(chat[count], WireJson.Default.Publication).Length;
        return count;
    }

    private static ImmutableDictionary<string, int> VotesOf(Room room, string userId, IEnumerable<string> entryIds) =>
        ImmutableDictionary.CreateRange(entryIds
            .Select(entryId => KeyValuePair.Create(entryId, room.Queue.Entries[entryId].VoteOf(userId)))
            .Where(vote => vote.Value != 0));

    private static int BytesOf(RoomSnapshot snapshot) => JsonSerializer.SerializeToUtf8Bytes(snapshot, WireJson.Default.RoomSnapshot).Length;
}
