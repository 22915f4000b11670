namespace WhatsSound.Users;

/// <summary>A connection that a gateway holds, and how long its client has been silent: who holds too many loses the most silent.</summary>
[GenerateSerializer, Immutable, Alias("ws.ConnectionHeard")]
public sealed record ConnectionHeard
{
    /// <summary>Unique over all gateways.</summary>
    [Id(0)] public required string ConnectionId { get; init; }

    /// <summary>For how long nothing has come from its client, pings included.</summary>
    [Id(1)] public required long SilentMs { get; init; }
}
