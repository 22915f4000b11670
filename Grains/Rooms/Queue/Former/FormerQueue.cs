using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Rooms;

/// <summary>A queue as rooms of schema 2 stored it: there was one mode, the fair one.</summary>
internal sealed record FormerQueue
{
    public ImmutableDictionary<string, FormerEntry> Entries { get; init; } = ImmutableDictionary<string, FormerEntry>.Empty;

    /// <summary>Finish tags F_u by user.</summary>
    public ImmutableDictionary<string, FormerTag> Tags { get; init; } = ImmutableDictionary<string, FormerTag>.Empty;

    public long VirtualTime { get; init; }

    public long LastSequence { get; init; }

    /// <summary>The same songs, votes and tags. Contributors are in line in the order of their first songs.</summary>
    public SongQueue ToQueue()
    {
        var empty = SongQueue.Create(QueueMode.Fair);
        var contributors = Tags.Select(tag => empty.Order.Contributors.Of(tag.Key) with { Finish = tag.Value.Finish, ServedAtMs = tag.Value.ServedAtMs });
        var served = empty with { Order = empty.Order.Restored(VirtualTime, lastSlot: 0, contributors, []) };
        var filled = Entries.Values.OrderBy(entry => entry.Sequence).Aggregate(served, (queue, entry) => queue.With(entry.ToSong()));
        return filled with { LastSequence = LastSequence };
    }
}

/// <summary>How far a contributor has been served, and when a song of theirs last started.</summary>
internal sealed record FormerTag(long Finish, long ServedAtMs);
