using System.Text.Json.Serialization;
using WhatsSound.Grains.Presence;

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

    /// <summary>The state in today's schema; null: this program does not understand it. A channel that does not start would be worse.</summary>
    public KeptMembers? Upgrade() => Schema == SchemaNow && !ReferenceEquals(Membership, KeptMembershipConverter.Unreadable) ? this : null;
}
