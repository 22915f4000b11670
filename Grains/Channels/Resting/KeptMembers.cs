using System.Text.Json.Serialization;
using WhatsSound.Grains.Presence;
using WhatsSound.Streams;

namespace WhatsSound.Grains.Channels;

/// <summary>What is stored of a channel's members, so that it begins with them after a crash, or where it went without moving.</summary>
internal sealed record KeptMembers
{
    private const int SchemaNow = 1;

    public int Schema { get; init; } = SchemaNow;

    /// <summary>Room time of the write.</summary>
    public long SavedAtMs { get; init; }

    /// <summary>Null: nobody was there.</summary>
    [JsonConverter(typeof(KeptMembershipConverter))]
    public MembershipMemory? Membership { get; init; }

    /// <summary>When whoever wrote it began with the channel, also where nobody was there any more: an earlier activation does not write over it. 0 in rows of older programs.</summary>
    public long FirstVersion { get; init; }

    /// <summary>The gateway of the process that wrote it, if no other process could have the database; else null, as in rows of older programs.</summary>
    public Guid? SoleGatewayId { get; init; }

    /// <summary>What there is to begin with in a process whose own gateway is that one, where it is alone: what a process before it held is not alive.</summary>
    public KeptMembers In(SoleGateway? sole) => sole is not null && SoleGatewayId is { } former && former != sole.Id && Membership is { } membership
        ? this with { Membership = KeptMembership.Without(former, membership) }
        : this;

    /// <summary>The state in today's schema; null: this program does not understand it. A channel that does not start would be worse.</summary>
    public KeptMembers? Upgrade() => Schema == SchemaNow && !ReferenceEquals(Membership, KeptMembershipConverter.Unreadable) ? this : null;
}
