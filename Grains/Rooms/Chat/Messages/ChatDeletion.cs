namespace WhatsSound.Grains.Rooms;

/// <summary>That somebody took another's message back: those who keep order read of it.</summary>
[GenerateSerializer, Immutable, Alias("ws.ChatDeletion")]
internal sealed record ChatDeletion
{
    /// <summary>The message's number.</summary>
    [Id(0)] public required long Offset { get; init; }

    /// <summary>Who had said it.</summary>
    [Id(1)] public required string UserId { get; init; }

    /// <summary>Who took it back.</summary>
    [Id(2)] public required string By { get; init; }

    /// <summary>When, room time.</summary>
    [Id(3)] public required long AtMs { get; init; }
}
