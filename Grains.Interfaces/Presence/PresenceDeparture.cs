namespace WhatsSound.Presence;

/// <summary>What became of a user of whom a connection was taken out.</summary>
[GenerateSerializer, Immutable, Alias("ws.PresenceDeparture")]
public sealed record PresenceDeparture
{
    /// <summary>Whether the user is gone: no other connection holds them, and no grace.</summary>
    [Id(0)] public required bool HasLeft { get; init; }

    /// <summary>The version of membership up to which watchers were told: what was told up to it may be older than this.</summary>
    [Id(1)] public required long Version { get; init; }
}
