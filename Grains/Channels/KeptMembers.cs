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
    public MembershipMemory? Membership { get; init; }

    /// <summary>The state in today's schema. One that this program does not know is as none: a channel that does not start would be worse.</summary>
    public KeptMembers Upgrade() => Schema == SchemaNow ? this : new();
}
