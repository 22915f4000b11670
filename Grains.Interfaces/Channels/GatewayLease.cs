namespace WhatsSound.Channels;

/// <summary>What a gateway believes of itself in a channel, sent every third of the lease.</summary>
[GenerateSerializer, Immutable, Alias("ws.GatewayLease")]
public sealed record GatewayLease
{
    /// <summary>Made by the gateway at start; another run of it is another id.</summary>
    [Id(0)] public required Guid GatewayId { get; init; }

    /// <summary>How many connections it has entered into the channel's presence.</summary>
    [Id(1)] public required int ConnectionCount { get; init; }

    /// <summary>Which they are, as <see cref="Presence.ConnectionDigest"/> makes it; 0 where there is none, or the gateway does not say.</summary>
    [Id(2)] public ulong ConnectionDigest { get; init; }
}
