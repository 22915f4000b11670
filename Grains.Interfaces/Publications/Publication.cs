namespace WhatsSound.Publications;

/// <summary>One numbered message of a channel.</summary>
[GenerateSerializer, Immutable, Alias("ws.Publication")]
public sealed record Publication
{
    /// <summary>Its number in the channel's epoch.</summary>
    [Id(0)] public required long Offset { get; init; }

    /// <summary>The id its publisher made; unique within the idempotency window.</summary>
    [Id(1)] public required string Id { get; init; }

    /// <summary>When the channel took it: Unix time in milliseconds, room clock. Order comes from the offset, never from this.</summary>
    [Id(2)] public required long TimeMs { get; init; }

    /// <summary>The user id that published it; null for the system.</summary>
    [Id(3)] public string? Publisher { get; init; }

    /// <summary>What it is, for the receiver: 1 to 64 characters.</summary>
    [Id(4)] public required string Event { get; init; }

    /// <summary>The content.</summary>
    [Id(5)] public Payload Data { get; init; }

    /// <summary>Conflation key: on a conflating channel only the newest per key is delivered. Null is a key of its own.</summary>
    [Id(6)] public string? Key { get; init; }
}
