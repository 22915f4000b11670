using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Order;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Queue.Songs;

/// <summary>A queue as it is stored between events: what its order follows from, not the order.</summary>
internal sealed record SongQueueSnapshot
{
    private const int SchemaNow = 1;

    public int Schema { get; init; } = SchemaNow;

    public required QueueMode Mode { get; init; }

    /// <summary>By sequence.</summary>
    public required ImmutableArray<QueuedSong> Songs { get; init; }

    public required ImmutableArray<ContributorTag> Contributors { get; init; }

    /// <summary>The virtual time V, in hundredths of a round.</summary>
    public required long VirtualTime { get; init; }

    public required long LastSlot { get; init; }

    public required long LastSequence { get; init; }

    public required long LastPin { get; init; }

    public required long LastOperation { get; init; }

    public PlayingSong? Current { get; init; }

    public FallbackPlaylist? Fallback { get; init; }

    /// <summary>When songs last started, by their addresses.</summary>
    public ImmutableDictionary<string, long> Recent { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>What can still be undone.</summary>
    public ImmutableArray<QueueOperation> Operations { get; init; } = [];

    /// <param name="queue">The queue.</param>
    /// <param name="nowMs">Room time: what cannot be undone any more is left out.</param>
    public static SongQueueSnapshot Of(SongQueue queue, long nowMs) => new()
    {
        Mode = queue.Mode,
        Songs = [.. queue.Songs.Values.OrderBy(song => song.Sequence)],
        Contributors = [.. queue.Order.Contributors.ByUser.Values.OrderBy(one => one.UserId, StringComparer.Ordinal).Select(ContributorTag.Of)],
        VirtualTime = queue.Order.VirtualTime,
        LastSlot = queue.Order.LastSlot,
        LastSequence = queue.LastSequence,
        LastPin = queue.LastPin,
        LastOperation = queue.Undo.LastNumber,
        Current = queue.Current,
        Fallback = queue.Fallback is { Tracks.IsEmpty: true, Revision: 0 } ? null : queue.Fallback,
        Recent = queue.Recent.StartedAtMs,
        Operations = queue.Undo.At(nowMs).Operations,
    };

    /// <summary>The snapshot in today's schema.</summary>
    public SongQueueSnapshot Upgrade() => Schema switch
    {
        SchemaNow => this,
        _ => throw new NotSupportedException($"A queue of schema {Schema}; this program knows {SchemaNow}."),
    };

    public SongQueue ToQueue()
    {
        var empty = SongQueue.Create(Mode);
        return empty with
        {
            Songs = Songs.ToImmutableDictionary(song => song.EntryId, StringComparer.Ordinal),
            Order = empty.Order.Restored(VirtualTime, LastSlot, Contributors.Select(tag => tag.ToContributor(empty.Order.Contributors)), Songs),
            Queued = Songs.Aggregate(SongIndex.Empty, (index, song) => index.Add(song)),
            Voted = Songs.Aggregate(VotedSongs.None, (voted, song) => voted.Add(song)),
            Pinned = Songs.Where(song => song.IsPinned).ToImmutableDictionary(song => song.PinnedBy!, song => song.EntryId, StringComparer.Ordinal),
            Current = Current,
            Recent = RecentPlays.Restored(Recent),
            Fallback = Fallback ?? FallbackPlaylist.Silence,
            Undo = new UndoLog { LastNumber = LastOperation, Operations = Operations },
            LastSequence = LastSequence,
            LastPin = LastPin,
        };
    }
}

/// <summary>How far a contributor has been served, and how they order their songs.</summary>
internal sealed record ContributorTag(string UserId, long Finish, long ServedAtMs, long AddedAtMs, long Slot, bool IsManual)
{
    public static ContributorTag Of(Contributor one) => new(one.UserId, one.Finish, one.ServedAtMs, one.AddedAtMs, one.Slot, one.IsManual);

    public Contributor ToContributor(Contributors all) =>
        all.Of(UserId) with { Finish = Finish, ServedAtMs = ServedAtMs, AddedAtMs = AddedAtMs, Slot = Slot, IsManual = IsManual };
}
