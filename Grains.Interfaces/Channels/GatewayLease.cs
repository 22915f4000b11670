using WhatsSound.Presence;

namespace WhatsSound.Channels;

/// <summary>What a gateway believes of itself in a channel, sent several times per lease.</summary>
[GenerateSerializer, Immutable, Alias("ws.GatewayLease")]
public sealed record GatewayLease
{
    /// <summary>Made by the gateway at start; another run of it is another id.</summary>
    [Id(0)] public required Guid GatewayId { get; init; }

    /// <summary>How many connections it has entered into the channel's presence.</summary>
    [Id(1)] public required int ConnectionCount { get; init; }

    /// <summary>Which they are, without their numbers, as gateways said it that did not number; 0 otherwise. No channel compares it any more.</summary>
    [Id(2)] public ulong ConnectionDigest { get; init; }

    /// <summary>Which they are. Null: a gateway that does not number its entries; then only the count is compared.</summary>
    [Id(3)] public ConnectionSet? Connections { get; init; }

    /// <summary>The number of this renewal, which may stand at the gateway's lane (<see cref="Streams.LaneRenewal"/>). 0: it may not.</summary>
    [Id(4)] public long Number { get; init; }
}
