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

    /// <summary>What happened: <c>added</c>, <c>removed</c>, <c>voted</c>, <c>started</c> or <c>ended</c>; in a snapshot <c>snapshot</c>.</summary>
    [Id(4)] public required string Reason { get; init; }

    /// <summary>The entry it happened to.</summary>
    [Id(5)] public string? EntryId { get; init; }
}
