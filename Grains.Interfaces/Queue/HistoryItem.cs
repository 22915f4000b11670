using System.Text.Json.Serialization;

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

    /// <summary><c>completed</c>, <c>voteSkip</c>, <c>hostSkip</c>, <c>skipped</c> by another who may or who had added it, <c>removed</c> (the room closed), or <c>error</c>: it could not be played.</summary>
    [Id(5)] public required string EndReason { get; init; }

    /// <summary>What the adder's token called them when they added it.</summary>
    [Id(6)] public string? AddedByName { get; init; }

    /// <summary>Up votes less down votes when it ended, with the adder's own.</summary>
    [Id(7)] public int Score { get; init; }

    /// <summary>How many wanted it skipped.</summary>
    [Id(8)] public int SkipVotes { get; init; }

    /// <summary>How many members were there when it ended.</summary>
    [Id(9)] public int Listeners { get; init; }

    /// <summary>How much of it was played, in milliseconds of the song.</summary>
    [Id(10)] public long ListenedMs { get; init; }

    /// <summary>Whether it counts as a play: half of it was played, or four minutes.</summary>
    [Id(11)] public bool IsCounted { get; init; }

    /// <summary>The most members who were there while it played.</summary>
    [Id(12)] public int PeakListeners { get; init; }

    /// <summary>How many were there on average while it played.</summary>
    [Id(13)] public double AverageListeners { get; init; }

    /// <summary>Whether it was of the fallback playlist, which <see cref="AddedBy"/> had set: it is nobody's own.</summary>
    [Id(14), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsFallback { get; init; }
}
