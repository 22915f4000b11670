using System.Collections.Immutable;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Grains.Hooks;

/// <summary>What a channel tells outside, while it moves to another silo. Fields are added, never changed.</summary>
[GenerateSerializer, Immutable, Alias("ws.HooksMemory")]
internal sealed record HooksMemory
{
    /// <summary>Up to where the channel is in the outbox; null: nowhere, or that is not known.</summary>
    [Id(0)] public OutboxMark? Mark { get; init; }

    /// <summary>Whether <see cref="Mark"/> is known.</summary>
    [Id(1)] public bool IsKnown { get; init; }

    /// <summary>Whether it was noted as occupied, and not as vacated since.</summary>
    [Id(2)] public bool IsOccupied { get; init; }

    /// <summary>What has happened and is not in the outbox, in order.</summary>
    [Id(3)] public ImmutableArray<OutboxItem> Untold { get; init; } = [];
}
