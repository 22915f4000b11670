using WhatsSound.Publications;

namespace WhatsSound.Channels;

/// <summary>A message to be published.</summary>
[GenerateSerializer, Immutable, Alias("ws.PublishRequest")]
public sealed record PublishRequest
{
    /// <summary>
    /// Made by the publisher: 1 to 64 characters. The same id again by the same <see cref="Publisher"/> within 2 minutes or 10,000 publications has one effect and the same answer,
    /// also after a reconnect and on another gateway. The system's own ids do not age: only 10,000 later ones of the system displace them.
    /// </summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>1 to 64 characters.</summary>
    [Id(1)] public required string Event { get; init; }

    /// <summary>Up to the channel's publication size.</summary>
    [Id(2)] public Payload Data { get; init; }

    /// <summary>Conflation key, up to 64 characters.</summary>
    [Id(3)] public string? Key { get; init; }

    /// <summary>The user id of the session that publishes; null for the system. Set by the gateway, never by a client.</summary>
    [Id(4)] public string? Publisher { get; init; }
}
