namespace WhatsSound.Users;

/// <summary>A connection that a gateway holds, and how long its client has been silent: who holds too many loses the most silent.</summary>
[GenerateSerializer, Immutable, Alias("ws.ConnectionHeard")]
public sealed record ConnectionHeard
{
    /// <summary>Unique over all gateways.</summary>
    [Id(0)] public required string ConnectionId { get; init; }

    /// <summary>For how long nothing has come from its client, pings included.</summary>
    [Id(1)] public required long SilentMs { get; init; }

    /// <summary>The session that lives there, if it can be resumed: a user's grain that has lost its memory with its silo knows it again by this. Null: none can, or the gateway is of a version before.</summary>
    [Id(2)] public SessionHold? Hold { get; init; }
}
