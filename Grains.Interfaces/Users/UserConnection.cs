namespace WhatsSound.Users;

/// <summary>One connection of a user.</summary>
[GenerateSerializer, Immutable, Alias("ws.UserConnection")]
public sealed record UserConnection
{
    /// <summary>The most characters of the id of a connection, or of a session.</summary>
    public const int IdLengthMax = 128;

    /// <summary>Unique over all gateways.</summary>
    [Id(0)] public required string ConnectionId { get; init; }

    /// <summary>The gateway that holds it.</summary>
    [Id(1)] public required Guid GatewayId { get; init; }
}
