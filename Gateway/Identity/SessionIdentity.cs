using WhatsSound.Control;

namespace WhatsSound.Gateway.Identity;

/// <summary>Who a session is, as a verified token said.</summary>
internal sealed record SessionIdentity : TokenGrant
{
    public required string UserId { get; init; }

    public string? DisplayName { get; init; }

    /// <summary>False where the token says that its user was made without a word.</summary>
    public bool HasSignedUp { get; init; } = true;

    public override TokenFacts Facts => base.Facts with { UserId = UserId };

    /// <summary>Whether the user costs nothing to become.</summary>
    public bool IsGuest => !HasSignedUp || GuestSecrets.IsGuest(UserId);
}
