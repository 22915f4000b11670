namespace WhatsSound.Queue;

/// <summary>A song that was played.</summary>
[GenerateSerializer, Immutable, Alias("ws.HistoryItem")]
public sealed record HistoryItem
{
    /// <summary>The entry.</summary>
    [Id(0)] public required string EntryId { get; init; }

    /// <summary>The song.</summary>
    [Id(1)] public required Track Track { get; init; }

    /// <summary>The user who added it.</summary>
    [Id(2)] public required string AddedBy { get; init; }

    /// <summary>Unix milliseconds.</summary>
    [Id(3)] public required long StartedAtMs { get; init; }

    /// <summary>Unix milliseconds.</summary>
    [Id(4)] public required long EndedAtMs { get; init; }

    /// <summary><c>completed</c>, <c>voteSkip</c>, <c>hostSkip</c> or <c>removed</c>.</summary>
    [Id(5)] public required string EndReason { get; init; }

    /// <summary>What the adder's token called them when they added it.</summary>
    [Id(6)] public string? AddedByName { get; init; }
}
