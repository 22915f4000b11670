namespace WhatsSound.Rooms;

/// <summary>The content of a <c>chat</c> publication. Its number is the publication's offset, its author the publisher.</summary>
[GenerateSerializer, Immutable, Alias("ws.ChatMessage")]
public sealed record ChatMessage
{
    /// <summary>1 to 500 graphemes, up to 2,000 bytes of UTF-8.</summary>
    [Id(0)] public required string Text { get; init; }

    /// <summary>The author's display name when it was sent.</summary>
    [Id(1)] public string? DisplayName { get; init; }
}
