namespace WhatsSound.Rooms;

/// <summary>How often something was reacted with.</summary>
[GenerateSerializer, Immutable, Alias("ws.ReactionCount")]
public sealed record ReactionCount
{
    /// <summary>One emoji.</summary>
    [Id(0)] public required string Emoji { get; init; }

    /// <summary>How often.</summary>
    [Id(1)] public required long Count { get; init; }
}
