namespace WhatsSound.Users;

/// <summary>Where a session lives.</summary>
[GenerateSerializer, Immutable, Alias("ws.SessionHold")]
public sealed record SessionHold
{
    /// <inheritdoc cref="ParkedSession.SessionId"/>
    [Id(0)] public required string SessionId { get; init; }

    /// <summary>Its connection of now, which the user is connected by.</summary>
    [Id(1)] public required string ConnectionId { get; init; }

    /// <summary>The gateway.</summary>
    [Id(2)] public required ISessionHolder Holder { get; init; }

    /// <inheritdoc cref="ParkedSession.ConnectionNumber"/>
    [Id(3)] public int ConnectionNumber { get; init; }
}
