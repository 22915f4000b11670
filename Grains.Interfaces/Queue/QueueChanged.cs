using System.Collections.Immutable;

namespace WhatsSound.Queue;

/// <summary>
/// The content of a <c>queue</c> publication: the visible window after a change. It stands for itself: a receiver replaces what it had.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.QueueChanged")]
public sealed record QueueChanged
{
    /// <summary>The event name of such publications.</summary>
    public const string EventName = "queue";

    /// <summary>The key of a change that brings a song which was neither current nor in the window.</summary>
    public const string Key = "queue";

    /// <summary>The key of a change that brings none: a <c>queueOrder</c> publication says the same, and who takes those does not need it.</summary>
    public const string WholeKey = "queueWhole";

    /// <summary>How many entries the window shows at most.</summary>
    public const int WindowMax = 50;

    /// <summary>The room revision of the change.</summary>
    [Id(0)] public required long Revision { get; init; }

    /// <summary>The entry that is current; null when idle.</summary>
    [Id(1)] public QueueEntryView? Current { get; init; }

    /// <summary>The next up to 50, in playing order.</summary>
    [Id(2)] public required ImmutableArray<QueueEntryView> Window { get; init; }

    /// <summary>How many are queued in all.</summary>
    [Id(3)] public required int Total { get; init; }

    /// <summary>
    /// What happened: <c>added</c>, <c>removed</c>, <c>cleared</c>, <c>moved</c>, <c>shuffled</c>, <c>pinned</c>, <c>unpinned</c>, <c>mode</c>, <c>limits</c>, <c>voted</c>, <c>undone</c>, <c>started</c> or
    /// <c>ended</c>; in a snapshot <c>snapshot</c>.
    /// </summary>
    [Id(4)] public required string Reason { get; init; }

    /// <summary>The entry it happened to; null: to more than one.</summary>
    [Id(5)] public string? EntryId { get; init; }

    /// <summary>How the queue is ordered.</summary>
    [Id(6)] public QueueMode Mode { get; init; }

    /// <summary>What the queue takes; null: nobody has set anything.</summary>
    [Id(7)] public QueueLimits? Limits { get; init; }
}
