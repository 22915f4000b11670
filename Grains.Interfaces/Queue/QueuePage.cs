using System.Collections.Immutable;

namespace WhatsSound.Queue;

/// <summary>
/// A part of the queue in playing order. Its cursor names a place in the order, not a count: songs that start meanwhile shift nothing, and no page repeats or
/// leaves out a song whose place has not changed.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.QueuePage")]
public sealed record QueuePage
{
    /// <summary>How many entries a page has at most.</summary>
    public const int EntriesMax = 100;

    /// <summary>The entries after the place that was asked for.</summary>
    [Id(0)] public required ImmutableArray<QueueEntryView> Entries { get; init; }

    /// <summary>How many are queued in all.</summary>
    [Id(1)] public required int Total { get; init; }

    /// <summary>What to ask for the next page with; null: there is none.</summary>
    [Id(2)] public string? Next { get; init; }

    /// <summary>Whether the page is the first one instead, since the queue has another mode than when the cursor was made.</summary>
    [Id(3)] public bool IsRestarted { get; init; }
}
