using WhatsSound.Publications;
using WhatsSound.Streams;

namespace WhatsSound.Channels;

/// <summary>What the channel knows of the gateway that renewed.</summary>
[GenerateSerializer, Immutable, Alias("ws.GatewayLeaseAnswer")]
public sealed record GatewayLeaseAnswer
{
    /// <summary>False: the channel has no lane to this gateway; subscribe again.</summary>
    [Id(0)] public required bool LaneKnown { get; init; }

    /// <summary>False: the channel knows other connections than the gateway has; reconcile.</summary>
    [Id(1)] public required bool PresenceKnown { get; init; }

    /// <summary>
    /// The last position handed to the stream. A gateway that is still behind it when the next answer comes has lost a frame, and recovers.
    /// </summary>
    [Id(2)] public required Position Head { get; init; }

    /// <summary>The lane at which the renewal stands: until something happens in the channel it counts again as often as the lane is renewed. Null: it counts once.</summary>
    [Id(3)] public LanePlace? Standing { get; init; }
}
