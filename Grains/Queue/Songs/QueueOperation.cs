using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Order;

namespace WhatsSound.Grains.Queue.Songs;

/// <summary>Something that was done to the queue, and what it takes to undo it.</summary>
internal sealed record QueueOperation
{
    /// <summary>Counts the room's operations; it is what an undo names.</summary>
    public required long Number { get; init; }

    public required string ByUserId { get; init; }

    public required long AtMs { get; init; }

    /// <summary>Whether it took the right to manage the queue: then so does undoing it.</summary>
    public bool TookManaging { get; init; }

    /// <summary>Entries that were added: to be removed, as far as they are still queued.</summary>
    public ImmutableArray<string> Added { get; init; } = [];

    /// <summary>Songs that were removed: to be put back with their votes, where they stood.</summary>
    public ImmutableArray<QueuedSong> Removed { get; init; } = [];

    /// <summary>Ranks that songs had.</summary>
    public ImmutableArray<FormerRank> Ranks { get; init; } = [];

    /// <summary>Contributors whose songs votes had ordered.</summary>
    public ImmutableArray<string> OrderedByVotes { get; init; } = [];

    /// <summary>Pins that songs had, or had not.</summary>
    public ImmutableArray<FormerPin> Pins { get; init; } = [];
}

/// <summary>The rank that a song had.</summary>
internal sealed record FormerRank(string EntryId, long Rank);

/// <summary>The pin that a song had; null: none.</summary>
internal sealed record FormerPin(string EntryId, string? PinnedBy, long PinSequence);
