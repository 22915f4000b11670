using WhatsSound.Control;

namespace WhatsSound.Gateway.Identity;

/// <summary>What a verified token allows, and until when. One that names a user is a <see cref="SessionIdentity"/>; any other bounds what a session without a user may do.</summary>
internal record TokenGrant
{
    private const string Everywhere = "*";

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Until when it says that it counts (<c>exp</c>), without what clocks may differ by; null: it is <see cref="ExpiresAt"/>.</summary>
    public DateTimeOffset? StatedExpiry { get; init; }

    /// <summary>Null: all that the channels' rules allow.</summary>
    public CapabilitySet? Capabilities { get; init; }

    /// <summary>The API key of a server; null: it is no server's.</summary>
    public string? KeyName { get; init; }

    /// <summary>The id of the token (<c>jti</c>); null: it has none.</summary>
    public string? TokenId { get; init; }

    /// <summary>When the token was issued (<c>iat</c>); null: it does not say.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>With what the token was asked for here; null: it was not, or does not say. Gives no right.</summary>
    public TokenGiver? Giver { get; init; }

    /// <summary>Whether it may do what is about all of the app: that has to be said.</summary>
    public bool IsAdmin => Capabilities?.Allows(Capability.Admin, Everywhere) is true;

    /// <summary>What revocations are about.</summary>
    public virtual TokenFacts Facts => new(
        UserId: null, TokenId, KeyName ?? Giver?.KeyName, IssuedAt?.ToUnixTimeMilliseconds(), IsSecret: KeyName is not null, Giver?.TokenId, Giver?.UserId);

    /// <summary>What the app has left of it; null: all.</summary>
    public CapabilitySet? Within { get; init; }

    public bool Allows(Capability capability, string channel) =>
        (Capabilities?.Allows(capability, channel) ?? capability != Capability.Admin) && (Within?.Allows(capability, channel) ?? true);
}
