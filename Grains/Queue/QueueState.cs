using System.Collections.Immutable;

namespace WhatsSound.Grains.Queue;

/// <summary>What is queued, and how far everybody has been served. Only <see cref="QueueRules"/> changes it.</summary>
internal sealed record QueueState
{
    public static QueueState Empty { get; } = new();

    public ImmutableDictionary<string, QueueEntry> Entries { get; init; } = ImmutableDictionary<string, QueueEntry>.Empty;

    /// <summary>Finish tags F_u by user.</summary>
    public ImmutableDictionary<string, FairTag> Tags { get; init; } = ImmutableDictionary<string, FairTag>.Empty;

    /// <summary>The virtual time V, in hundredths of a round.</summary>
    public long VirtualTime { get; init; }

    /// <summary>How many entries the room has ever had.</summary>
    public long LastSequence { get; init; }
}
