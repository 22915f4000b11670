namespace WhatsSound.Rooms;

/// <summary>Somebody who writes.</summary>
[GenerateSerializer, Immutable, Alias("ws.TypingMember")]
public sealed record TypingMember
{
    /// <summary>Who.</summary>
    [Id(0)] public required string UserId { get; init; }

    /// <summary>What they are called, from their token.</summary>
    [Id(1)] public string? DisplayName { get; init; }
}
