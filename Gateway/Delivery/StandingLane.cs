using WhatsSound.Streams;

namespace WhatsSound.Gateway.Delivery;

/// <summary>The renewals of this gateway that stand at one lane. Under the lock of <see cref="StandingLeases"/>.</summary>
internal sealed class StandingLane(LanePlace place)
{
    public LanePlace Place => place;

    /// <summary>The channels, by the numbers of their renewals.</summary>
    public Dictionary<long, string> Channels { get; } = [];

    /// <summary>Those that do not stand any more, until the silo knows. Emptied by each renewal, so bounded by what may stand.</summary>
    public HashSet<long> Ended { get; } = [];

    public bool IsRenewing { get; set; }

    public LaneRenewal Take(Guid gatewayId, long upTo)
    {
        IsRenewing = true;
        var (count, digest) = StandingDigest.Of(Channels.Keys, upTo);
        return new() { GatewayId = gatewayId, LaneId = place.LaneId, UpTo = upTo, Count = count, Digest = digest, Ended = [.. Ended] };
    }
}
