using WhatsSound.Publications;

namespace WhatsSound.Presence;

/// <summary>A connection that enters a channel's presence.</summary>
[GenerateSerializer, Immutable, Alias("ws.PresenceEntry")]
public sealed record PresenceEntry
{
    /// <summary>The member: 1 to 128 characters. A member is a user, with any number of connections.</summary>
    [Id(0)] public required string UserId { get; init; }

    /// <summary>Unique over all gateways.</summary>
    [Id(1)] public required string ConnectionId { get; init; }

    /// <summary>The gateway that holds the connection, whose lease keeps it.</summary>
    [Id(2)] public required Guid GatewayId { get; init; }

    /// <summary>What this connection shows of the member: up to 1 KiB of JSON. The others see that of the connection which entered last and is still there.</summary>
    [Id(3)] public Payload Info { get; init; }

    /// <summary>What the member is called: the display name of the user's token, up to 64 characters; set by the gateway, never taken from <see cref="Info"/>.</summary>
    [Id(4)] public string? DisplayName { get; init; }
}
