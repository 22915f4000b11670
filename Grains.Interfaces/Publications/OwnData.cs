namespace WhatsSound.Publications;

/// <summary>What a publication has for one user, on all their connections.</summary>
[GenerateSerializer, Immutable, Alias("ws.OwnData")]
public sealed record OwnData
{
    /// <summary>Whose it is.</summary>
    [Id(0)] public required string UserId { get; init; }

    /// <summary>The content.</summary>
    [Id(1)] public Payload Data { get; init; }
}
