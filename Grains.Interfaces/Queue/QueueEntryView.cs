using System.Text.Json.Serialization;

namespace WhatsSound.Queue;

/// <summary>A queued or current song as everybody sees it.</summary>
[GenerateSerializer, Immutable, Alias("ws.QueueEntryView")]
public sealed record QueueEntryView
{
    /// <summary>Made by the room; unique in it.</summary>
    [Id(0)] public required string EntryId { get; init; }

    /// <summary>The song.</summary>
    [Id(1)] public required Track Track { get; init; }

    /// <summary>The user who added it.</summary>
    [Id(2)] public required string AddedBy { get; init; }

    /// <summary>When, Unix milliseconds.</summary>
    [Id(3)] public required long AddedAtMs { get; init; }

    /// <summary>Up votes less down votes, with the adder's own.</summary>
    [Id(4)] public required int Score { get; init; }

    /// <summary>What the adder's token called them when they added it; they may have left since.</summary>
    [Id(5)] public string? AddedByName { get; init; }

    /// <summary>Whether it is of the fallback playlist, which <see cref="AddedBy"/> has set: it is nobody's own.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsFallback { get; init; }
}
