using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Songs;

namespace WhatsSound.Grains.Queue.Commands;

/// <summary>What the rules answer: events, and the queue they lead to, or a refusal.</summary>
internal sealed record QueueDecision
{
    public Refusal? Refusal { get; init; }

    /// <summary>The queue after <see cref="Events"/>; null exactly when refused.</summary>
    public SongQueue? Queue { get; init; }

    /// <summary>May be empty: then nothing changes.</summary>
    public ImmutableArray<QueueEvent> Events { get; init; } = [];

    /// <summary>Of a batch, what became of each song, in its order.</summary>
    public ImmutableArray<SongResult> Results { get; init; } = [];

    /// <summary>The number to undo it by; null if it cannot be undone.</summary>
    public long? Operation { get; init; }

    public static implicit operator QueueDecision(Refusal refusal) => new() { Refusal = refusal };

    /// <summary>Nothing is to change.</summary>
    public static QueueDecision Unchanged(SongQueue queue) => new() { Queue = queue };

    public static QueueDecision Of(SongQueue before, params ImmutableArray<QueueEvent> events)
    {
        var after = events.Aggregate(before, QueueFold.Apply);
        return new QueueDecision
        {
            Queue = after,
            Events = events,
            Operation = after.Undo.LastNumber > before.Undo.LastNumber ? after.Undo.LastNumber : null,
        };
    }
}

/// <summary>What became of one song of a batch: its entry, or why not.</summary>
internal sealed record SongResult(string? EntryId, Refusal? Refusal);
