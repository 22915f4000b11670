using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using WhatsSound.Control;
using WhatsSound.Gateway.Identity.Sources;
using WhatsSound.Users;

namespace WhatsSound.Gateway.Identity;

/// <summary>
/// Turns a token into an identity, or, where it names no user, into what it allows; or refuses it with TOKEN_INVALID, TOKEN_EXPIRED or TOKEN_REVOKED, and with NOT_READY where the key that it names cannot be had
/// now. Waits for nobody unless it is signed with a key that is not known, and then within <see cref="KeyFetchOptions.Timeout"/>. Safe from any thread.
/// </summary>
internal sealed class TokenVerifier(SigningKey secret, KeySources sources, IRevocations revocations, IOptions<IdentityOptions> options, TimeProvider time)
{
    public const int DisplayNameCharsMax = DisplayName.LengthMax;

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = options.Value.TokenCharsMax };

    private readonly TokenKey? _secret = secret.Key is { } key ? new TokenKey(key, SecurityAlgorithms.HmacSha256) : null;

    private readonly ClaimRules _ownRules = new(options.Value, options.Value.Issuers.Count == 0 ? [] : [.. options.Value.Issuers, options.Value.Issuer], [.. options.Value.Audiences], IsOwn: true, MayAdminister: true);

    public async ValueTask<Answer<TokenGrant>> VerifyAsync(string token)
    {
        if (token.Length == 0 || token.Length > options.Value.TokenCharsMax)
            return Invalid("The token is empty or too long.");
        using var parts = TokenParts.TryRead(token);
        if (parts is null)
            return Malformed();
        // RFC 7515, 4.1.11: who does not understand what is critical must not accept it.
        if (parts.Header.TryGetProperty("crit"u8, out _))
            return Invalid("The token has critical headers, which are not understood.");
        // The algorithm says which keys come into question, and no key is for two.
        return parts.Algorithm switch
        {
            SecurityAlgorithms.HmacSha256 when _secret is not null => await _secret.HasSignedAsync(token, _handler) ? Read(parts, _ownRules) : Malformed(),
            SecurityAlgorithms.RsaSha256 or SecurityAlgorithms.EcdsaSha256 when parts.IsForAccess && parts.TryGetKeyId(out var keyId) => await VerifyAsync(token, parts, keyId, sources.Of(parts.Issuer)),
            _ => Malformed(),
        };
    }

    public bool IsExpired(TokenGrant grant) => time.GetUtcNow() >= grant.ExpiresAt;

    /// <summary>Null, unless the token was taken back since it was verified, or nobody knows.</summary>
    public Refusal? RefuseRevoked(TokenGrant grant) =>
        revocations.IsClosed ? Refusals.Retry(RefusalCode.NotReady, "Whether the token was revoked cannot be known at the moment.", TimeSpan.FromSeconds(1))
        : revocations.IsRevoked(grant.Facts) ? Revoked()
        : null;

    public static Refusal Revoked() => Refusals.Final(RefusalCode.TokenRevoked, "The token was revoked; authenticate with another one.");

    public static Refusal Expired() => Refusals.Final(RefusalCode.TokenExpired, "The token has expired; authenticate with a new one.");

    private async ValueTask<Answer<TokenGrant>> VerifyAsync(string token, TokenParts parts, string? keyId, IReadOnlyList<KeySource> issuing)
    {
        if (issuing.Count == 0)
            return Malformed();
        if (await ByKnownKeysAsync(token, parts, keyId, issuing) is { } known)
            return known;
        // Who would refuse it whatever its key is need not be asked for that. Nothing but a refusal comes of it: nobody has signed for what it says.
        var now = time.GetUtcNow();
        var refusals = issuing.Select(source => TokenClaims.Read(parts.Claims, RulesOf(source), now).Refusal).ToList();
        if (refusals.TrueForAll(static refusal => refusal is not null))
            return refusals[0]!;
        var taking = issuing.Where((_, at) => refusals[at] is null).ToList();
        var waits = await Task.WhenAll(taking.Select(static source => source.ReadForAsync()));
        if (await ByKnownKeysAsync(token, parts, keyId, issuing) is { } fetched)
            return fetched;
        return waits.Max() is { } wait ? Refusals.Retry(RefusalCode.NotReady, "The key that the token is signed with cannot be had at the moment.", wait) : Malformed();
    }

    /// <summary>Null: not every source that may have issued it has a key of this name, or, where it names none, none has the only one that it could be.</summary>
    private async ValueTask<Answer<TokenGrant>?> ByKnownKeysAsync(string token, TokenParts parts, string? keyId, IReadOnlyList<KeySource> issuing)
    {
        var isKnown = keyId is not null && issuing.All(source => source.Has(keyId));
        foreach (var source in issuing)
        {
            if (source.Find(parts.Algorithm!, keyId) is not { } key)
                continue;
            isKnown |= keyId is null;
            if (await key.HasSignedAsync(token, _handler))
                return Read(parts, RulesOf(source));
        }

        if (isKnown)
            return Malformed();
        return null;
    }

    private ClaimRules RulesOf(KeySource source) => new(options.Value, source.Issuers, source.Audiences, IsOwn: false, source.MayAdminister);

    private Answer<TokenGrant> Read(TokenParts parts, ClaimRules rules)
    {
        var read = TokenClaims.Read(parts.Claims, rules, time.GetUtcNow());
        return !read.IsRefused && RefuseRevoked(read.Value) is { } refusal ? refusal : read;
    }

    private static Refusal Malformed() => Invalid("The token is malformed or wrongly signed.");

    private static Refusal Invalid(string message) => Refusals.Final(RefusalCode.TokenInvalid, message);
}
