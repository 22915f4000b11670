using WhatsSound.Grains.Playback;
using WhatsSound.Grains.Queue;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Rooms;

/// <summary>How events make a room. Total, and without any other input: the same events make the same room.</summary>
internal static class RoomFold
{
    public static Room Apply(Room? room, RoomEvent happened)
    {
        if (happened is RoomCreated created)
            return Create(created);
        ArgumentNullException.ThrowIfNull(room);
        var next = happened switch
        {
            EntriesAdded added => room with { Queue = added.Entries.Aggregate(room.Queue, QueueRules.Add) },
            EntryRemoved removed => room with { Queue = QueueRules.Remove(room.Queue, removed.EntryId) },
            VoteSet vote => room with { Queue = QueueRules.SetVote(room.Queue, vote.EntryId, vote.UserId, vote.Value) },
            TrackStarted started => Start(room, started),
            TrackEnded ended => End(room, ended),
            VectorChanged changed => room with { Playback = room.Playback with { Vector = changed.Vector } },
            SkipVoteSet vote => room with { Playback = WithSkipVote(room.Playback, vote) },
            SkipTallied tallied => room with { SkipTold = tallied.Tally },
            HostNamed named => room with { HostUserId = named.HostUserId, IsHostStandIn = named.IsStandIn },
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "An event that no room knows."),
        };
        return next with { Revision = room.Revision + 1 };
    }

    private static Room Create(RoomCreated created) => new()
    {
        RoomId = created.RoomId,
        Settings = created.Settings,
        OwnerUserId = created.OwnerUserId,
        HostUserId = created.OwnerUserId,
        CreatedAtMs = created.AtMs,
        Revision = 1,
        Playback = new PlaybackState { Vector = PlaybackRules.Initial(created.AtMs) },
    };

    private static Room Start(Room room, TrackStarted started) => room with
    {
        Playback = new PlaybackState
        {
            Vector = started.Vector,
            Current = room.Queue.Entries[started.EntryId],
            StartedAtMs = started.Vector.AnchorTimeMs,
        },
        Queue = QueueRules.Serve(room.Queue, started.EntryId, started.AtMs),
    };

    private static Room End(Room room, TrackEnded ended)
    {
        var current = room.Playback.Current ?? throw new InvalidOperationException("Nothing was playing.");
        var item = new HistoryItem
        {
            EntryId = current.EntryId,
            Track = current.Track,
            AddedBy = current.AddedBy,
            AddedByName = current.AddedByName,
            StartedAtMs = room.Playback.StartedAtMs,
            EndedAtMs = ended.AtMs,
            EndReason = ended.EndReason,
        };
        return room with
        {
            Playback = new PlaybackState { Vector = ended.Vector },
            History = [item, .. room.History.Take(Room.HistoryMax - 1)],
        };
    }

    private static PlaybackState WithSkipVote(PlaybackState playback, SkipVoteSet vote) =>
        playback with { SkipVoters = vote.IsOn ? playback.SkipVoters.Add(vote.UserId) : playback.SkipVoters.Remove(vote.UserId) };
}
