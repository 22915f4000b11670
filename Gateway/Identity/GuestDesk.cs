using Microsoft.Extensions.Options;
using WhatsSound.Control;
using WhatsSound.Limits;
using WhatsSound.Text;
using WhatsSound.Users;

namespace WhatsSound.Gateway.Identity;

/// <summary>Gives tokens to guests: to new ones under ids that it makes, to known ones by their secrets. Bounded per address by <see cref="GuestOptions"/>.</summary>
internal sealed class GuestDesk(GuestSecrets secrets, TokenIssuer issuer, IRevocations revocations, IOptions<IdentityOptions> options, TimeProvider time)
{
    public const int SecretCharsMax = 256;

    private static readonly string[] InRooms = ["subscribe", "publish", "presence"];
    private static readonly string[] OwnChannels = ["subscribe"];

    private readonly GuestOptions _options = options.Value.Guests;
    private readonly KeyedBuckets<string> _new = new(options.Value.Guests.NewPerMinuteMax / 60.0, options.Value.Guests.NewBurstMax, options.Value.Guests.AddressesMax);

    private readonly KeyedBuckets<string> _renewals =
        new(options.Value.Guests.RenewalsPerMinuteMax / 60.0, options.Value.Guests.RenewalBurstMax, options.Value.Guests.AddressesMax);

    /// <summary>Whether there are guests at all.</summary>
    public bool IsOpen => _options.Enabled == true;

    /// <summary>A token. Refusals: BAD_REQUEST for the name, TOKEN_INVALID for a secret that is nobody's, TOKEN_REVOKED for that of a guest who is revoked, NOT_READY, RATE_LIMITED.</summary>
    /// <param name="addressKey">What the address counts as: see <see cref="AddressKey"/>.</param>
    /// <param name="name">What the guest wants to be called.</param>
    /// <param name="secret">The secret of an earlier answer; null: a new guest.</param>
    public Answer<GuestToken> Admit(string addressKey, string name, string? secret)
    {
        if (name.Length > DisplayName.LengthMax || !VisibleText.IsValid(name))
            return Refusals.BadRequest("name", $"The name must be 1 to {DisplayName.LengthMax} characters long, with at least one visible and no control characters.");
        var now = time.MonotonicTicks();
        var limit = secret is null ? _new : _renewals;
        if (!limit.TryTake(addressKey, now, out var retryAfter))
            return Refusals.Retry(RefusalCode.RateLimited, "Too many guests from this address.", retryAfter);
        var userId = secret is null ? GuestSecrets.NewId() : secrets.IdOf(secret);
        if (userId is null)
            return Refusals.Final(RefusalCode.TokenInvalid, "The secret is not a guest's.");
        if (secret is not null && RefuseRevoked(userId) is { } refusal)
            return refusal;
        var expiresAt = time.GetUtcNow() + _options.TokenLifetime;
        return new GuestToken(userId, issuer.Issue(userId, name, expiresAt, CapabilitiesOf(userId)), expiresAt.ToUnixTimeMilliseconds(), secrets.SecretOf(userId));
    }

    /// <summary>A secret says not when it was given: it counts as given before any revocation of its guest, or they would be back at once.</summary>
    private Refusal? RefuseRevoked(string userId) =>
        revocations.IsClosed ? Refusals.Retry(RefusalCode.NotReady, "Whether the guest was revoked cannot be known at the moment.", TimeSpan.FromSeconds(1))
        : revocations.IsRevoked(new TokenFacts(userId, TokenId: null, KeyName: null, IssuedAtMs: null, IsSecret: true)) ? TokenVerifier.Revoked()
        : null;

    /// <summary>Rooms, and what is said to that guest: not the channels of an app that has some of its own.</summary>
    private static Dictionary<string, string[]> CapabilitiesOf(string userId) => new(StringComparer.Ordinal)
    {
        ["room:*"] = InRooms,
        [$"user:{userId}:*"] = OwnChannels,
    };
}
