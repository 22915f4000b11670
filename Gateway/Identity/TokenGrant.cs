using WhatsSound.Control;

namespace WhatsSound.Gateway.Identity;

/// <summary>What a verified token allows, and until when. One that names a user is a <see cref="SessionIdentity"/>; any other bounds what a session without a user may do.</summary>
internal record TokenGrant
{
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Null: all that the channels' rules allow.</summary>
    public CapabilitySet? Capabilities { get; init; }

    /// <summary>The name of the server's key that was shown in place of a token; null: it was a token.</summary>
    public string? KeyName { get; init; }

    /// <summary>The token's id (jti); null: it has none.</summary>
    public string? TokenId { get; init; }

    /// <summary>When it was issued (iat); null: it does not say.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>What revocations are about.</summary>
    public virtual TokenFacts Facts => new(UserId: null, TokenId, KeyName, IssuedAt?.ToUnixTimeMilliseconds());

    public bool Allows(Capability capability, string channel) => Capabilities is null || Capabilities.Allows(capability, channel);
}
