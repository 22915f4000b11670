using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Makes snapshots, and makes them fit.</summary>
internal static class RoomSnapshots
{
    /// <summary>How many chat messages a snapshot has.</summary>
    public const int ChatMax = 50;

    /// <summary>How many members are left when even they do not fit.</summary>
    private const int SampleMax = 10;

    /// <summary>Some songs of any length, or ten of which people name.</summary>
    private const int HistoryBytesMin = 4 * 1024;

    /// <summary>50 songs as people name them, or the next few of any length.</summary>
    private const int QueueBytesMin = 16 * 1024;

    private const int ChatBytesMin = 16 * 1024;

    private static readonly ImmutableArray<Func<RoomSnapshot, int, RoomSnapshot>> Steps =
    [
        static (snapshot, excess) => WithLessHistory(snapshot, excess, HistoryBytesMin),
        static (snapshot, _) => WithVotesOnWhatIsShown(snapshot),
        static (snapshot, excess) => WithShorterQueue(snapshot, excess, QueueBytesMin),
        static (snapshot, excess) => WithLessChat(snapshot, excess, ChatBytesMin),
        static (snapshot, _) => WithSampleOfMembers(snapshot),
        static (snapshot, excess) => WithLessHistory(snapshot, excess, 0),
        static (snapshot, excess) => WithShorterQueue(snapshot, excess, 0),
        static (snapshot, excess) => WithLessChat(snapshot, excess, 0),
    ];

    public static RoomSnapshot Build(
        Room room, RoomMoment moment, string userId, PresenceView presence, ChatTail chat, ImmutableDictionary<string, Position> positions)
    {
        var own = QueuePublications.OwnVotesOf(room, userId);
        return Fit(Bare(room, moment, userId, presence) with
        {
            Roles = RoleViews.Of(room, moment.NowMs),
            MySanctions = ModerationViews.Of(room, userId, moment.NowMs),
            MyPermissions = RoomPermissions.Of(room, userId),
            Queue = QueueViews.Of(room, "snapshot", null),
            MyVotes = own.MyVotes,
            Fallback = room.Queue.Fallback.ToView(),
            History = room.History,
            Chat = chat.Lines,
            ChatHasMore = chat.HasMore,
            Presence = presence,
            Skip = RoomCourse.TallyOf(room, moment),
            Positions = positions,
            MySkipVote = own.MySkipVote,
        });
    }

    /// <summary>What is answered to who needs no snapshot: nothing that would have to be read, sorted or made to fit.</summary>
    public static RoomSnapshot Bare(Room room, RoomMoment moment, string userId, PresenceView presence) => new()
    {
        RoomId = room.RoomId,
        Revision = room.Revision,
        ServerTimeMs = moment.NowMs,
        Settings = room.Settings,
        OwnerUserId = room.OwnerUserId,
        HostUserId = room.HostUserId,
        MyRole = room.HostUserId == userId ? RoomRole.Host : RoleLadder.RoleOf(room, userId),
        Playback = PlaybackPublications.VectorOf(room),
        Queue = new QueueChanged { Revision = room.QueueRevision, Window = [], Total = room.Queue.Songs.Count, Reason = "snapshot" },
        MyVotes = ImmutableDictionary<string, int>.Empty,
        History = [],
        Chat = [],
        ChatHasMore = true,
        Presence = presence with { Members = [], IsComplete = false },
        Skip = new SkipTally { Have = 0, Need = 0 },
        Positions = ImmutableDictionary<string, Position>.Empty,
    };

    /// <summary>
    /// Leaves out what can be read elsewhere, and no more than it has to: the oldest history first, votes on what is not shown, the end of the queue, the oldest chat, and members beyond a sample. Each keeps a share that what comes before
    /// it in the snapshot cannot take, so that a few long songs leave the chat to whoever comes.
    /// </summary>
    public static RoomSnapshot Fit(RoomSnapshot snapshot)
    {
        foreach (var smaller in Steps)
        {
            var excess = BytesOf(snapshot) - RoomSnapshot.BytesMax;
            if (excess <= 0)
                break;
            snapshot = smaller(snapshot, excess);
        }

        return snapshot;
    }

    private static RoomSnapshot WithLessHistory(RoomSnapshot snapshot, int excess, int bytesMin) =>
        snapshot with { History = snapshot.History[..CountKept(snapshot.History, WireJson.Default.HistoryItem, excess, bytesMin)] };

    private static RoomSnapshot WithShorterQueue(RoomSnapshot snapshot, int excess, int bytesMin) =>
        WithVotesOnWhatIsShown(snapshot with { Queue = snapshot.Queue with { Window = snapshot.Queue.Window[..CountKept(snapshot.Queue.Window, WireJson.Default.QueueEntryView, excess, bytesMin)] } });

    private static RoomSnapshot WithVotesOnWhatIsShown(RoomSnapshot snapshot)
    {
        var shown = snapshot.Queue.Window.Append(snapshot.Queue.Current).Select(static entry => entry?.EntryId).ToHashSet(StringComparer.Ordinal);
        return snapshot with { MyVotes = snapshot.MyVotes.RemoveRange(snapshot.MyVotes.Keys.Where(entryId => !shown.Contains(entryId))) };
    }

    private static RoomSnapshot WithLessChat(RoomSnapshot snapshot, int excess, int bytesMin)
    {
        var kept = CountKept([.. snapshot.Chat.Reverse()], WireJson.Default.Publication, excess, bytesMin);
        return kept == snapshot.Chat.Length ? snapshot : snapshot with { Chat = snapshot.Chat[^kept..], ChatHasMore = true };
    }

    private static RoomSnapshot WithSampleOfMembers(RoomSnapshot snapshot) => snapshot.Presence.Members.Length <= SampleMax
        ? snapshot
        : snapshot with { Presence = snapshot.Presence with { Members = snapshot.Presence.Members[..SampleMax], IsComplete = false } };

    /// <summary>How many of them are left, from the first, once what is too much is gone, or they have no more than their share.</summary>
    private static int CountKept<T>(ImmutableArray<T> items, JsonTypeInfo<T> form, int excess, int bytesMin)
    {
        var sizes = items.Select(item => JsonSerializer.SerializeToUtf8Bytes(item, form).Length + 1).ToList();
        var (kept, bytes) = (sizes.Count, sizes.Sum());
        while (kept > 0 && excess > 0 && bytes > bytesMin)
        {
            kept--;
            bytes -= sizes[kept];
            excess -= sizes[kept];
        }

        return kept;
    }

    private static int BytesOf(RoomSnapshot snapshot) => JsonSerializer.SerializeToUtf8Bytes(snapshot, WireJson.Default.RoomSnapshot).Length;
}
