using System.Globalization;
using System.Text.Json;
using WhatsSound.Gateway.Requests;
using WhatsSound.Text;
using WhatsSound.Users;

namespace WhatsSound.Gateway.Identity;

/// <summary>What the claims of a token make of whoever shows it. They are read from the payload itself: one of another type than expected is wrong, not absent.</summary>
internal static class TokenClaims
{
    private const long UnixSecondsMax = 253_402_300_799;
    private const long MsPerSecond = 1_000;

    /// <summary>Who it is and what that may; or TOKEN_INVALID, or TOKEN_EXPIRED.</summary>
    public static Answer<TokenGrant> Read(JsonElement claims, ClaimRules rules, DateTimeOffset now)
    {
        var isAnonymousKey = SupabaseClaims.IsAnonymousKey(claims);
        if (RefuseOrigin(claims, rules, isAnonymousKey) is { } refusal)
            return refusal;
        if (!TryGetText(claims, "sub", out var userId) || (userId is null ? rules.Options.SubjectRequired && !isAnonymousKey : !UserId.IsValid(userId)))
            return Invalid("The token's sub is no user id.");
        if (userId is not null && !rules.IsOwn && GuestSecrets.IsGuest(userId))
            return Invalid("The token's sub is the id of a guest, whose tokens are this server's own.");
        if (!TryGetName(claims, rules, out var name))
            return Invalid($"The token's name must be text of 1 to {DisplayName.LengthMax} characters, at least one of them visible, and no control characters.");
        if (!TryGetTime(claims, "exp", TimeSpan.Zero, out var statedExpiry) || !TryGetTime(claims, "exp", rules.Options.ExpirySkew, out var expiresAt))
            return Invalid("The token's exp must be a number of seconds since 1970.");
        if (expiresAt is null)
            return Invalid("The token has no exp.");
        if (!TryGetTime(claims, "nbf", TimeSpan.Zero, out var notBefore) || notBefore - rules.Options.ClockSkew > now)
            return Invalid("The token is not valid yet, or its nbf is no time.");
        if (!TryGetTime(claims, "iat", TimeSpan.Zero, out var issuedAt) || issuedAt - rules.Options.ClockSkew > now)
            return Invalid("The token was issued in the future, or its iat is no time.");
        if (!TryGetText(claims, "jti", out var tokenId))
            return Invalid("The token's jti is no text.");
        if (!TryGetGiver(claims, rules, out var giver))
            return Invalid("The token does not say by text with what it was asked for.");
        CapabilitySet? capabilities = null;
        if (claims.TryGetProperty("cap"u8, out var claim) && (capabilities = CapabilitySet.TryRead(claim)) is null)
            return Invalid("The token's cap is not an object from channel pattern to a list.");
        if (!rules.MayAdminister)
            capabilities = capabilities?.WithoutAdmin();
        if (capabilities is null && rules.Options.CapabilitiesRequired)
            return Invalid("The token has no cap, which is required here.");
        if (now >= expiresAt)
            return TokenVerifier.Expired();
        return userId is null
            ? new TokenGrant { ExpiresAt = expiresAt.Value, StatedExpiry = statedExpiry, Capabilities = capabilities, TokenId = tokenId, IssuedAt = issuedAt, Giver = giver }
            : new SessionIdentity
            {
                UserId = userId,
                DisplayName = name,
                HasSignedUp = !SupabaseClaims.IsAnonymousUser(claims),
                ExpiresAt = expiresAt.Value,
                StatedExpiry = statedExpiry,
                Capabilities = capabilities,
                TokenId = tokenId,
                IssuedAt = issuedAt,
                Giver = giver,
            };
    }

    private static Refusal? RefuseOrigin(JsonElement claims, ClaimRules rules, bool isAnonymousKey)
    {
        if (rules.Issuers.Count > 0 && !(TryGetText(claims, "iss", out var issuer) && issuer is not null && rules.Issuers.Contains(issuer, StringComparer.Ordinal)))
            return Invalid("The token's iss is none whose tokens are taken here.");
        var mayLackAudience = isAnonymousKey && !claims.TryGetProperty("aud"u8, out _);
        if (rules.Audiences.Count > 0 && !mayLackAudience && !IsFor(claims, rules.Audiences))
            return Invalid("The token is for somebody else: its aud names none that is taken here.");
        return SupabaseClaims.IsServiceKey(claims) ? Invalid("The token is the key of a server (service_role), and no user's: keep it out of pages and apps.") : null;
    }

    /// <summary>One text, or a list of them (RFC 7519, 4.1.3).</summary>
    private static bool IsFor(JsonElement claims, IReadOnlyCollection<string> audiences)
    {
        if (!claims.TryGetProperty("aud"u8, out var claim))
            return false;
        return claim.ValueKind == JsonValueKind.Array ? claim.EnumerateArray().Any(IsOne) : IsOne(claim);

        bool IsOne(JsonElement one) => one.ValueKind == JsonValueKind.String && JsonText.TryRead(one, out var text) && audiences.Contains(text, StringComparer.Ordinal);
    }

    /// <summary>
    /// Who signs with the shared secret can say what fits. What others put into tokens is not made for here, and often by users themselves: what is too long is cut, and what cannot be shown is none.
    /// </summary>
    private static bool TryGetName(JsonElement claims, ClaimRules rules, out string? name)
    {
        if (!rules.IsOwn)
        {
            name = (claims.TryGetProperty("name"u8, out var claim) ? FittingOf(claim) : null) ?? FittingOf(SupabaseClaims.NameOf(claims));
            return true;
        }

        if (!TryGetText(claims, "name", out name) || (name is not null && (name.Length > DisplayName.LengthMax || !VisibleText.IsValid(name))))
            return false;
        name ??= FittingOf(SupabaseClaims.NameOf(claims));
        return true;
    }

    private static string? FittingOf(JsonElement? claim)
    {
        if (claim is not { ValueKind: JsonValueKind.String } value || !JsonText.TryRead(value, out var text))
            return null;
        var name = text.Trim();
        if (name.Length > DisplayName.LengthMax)
            name = name[..CharactersEnd(name, DisplayName.LengthMax)].TrimEnd();
        return VisibleText.IsValid(name) ? name : null;
    }

    /// <summary>Where the last character that people see ends that is whole within a length.</summary>
    private static int CharactersEnd(string text, int lengthMax)
    {
        var end = 0;
        for (int next; end < text.Length && end + (next = StringInfo.GetNextTextElementLength(text, end)) <= lengthMax;)
            end += next;
        return end;
    }

    /// <summary>What this server itself puts into tokens; of others it means nothing.</summary>
    private static bool TryGetGiver(JsonElement claims, ClaimRules rules, out TokenGiver? giver)
    {
        giver = null;
        if (!rules.IsOwn)
            return true;
        if (!TryGetText(claims, TokenGiver.KeyClaim, out var key) || !TryGetText(claims, TokenGiver.TokenClaim, out var token) || !TryGetText(claims, TokenGiver.UserClaim, out var user))
            return false;
        if (key is not null || token is not null || user is not null)
            giver = new TokenGiver(key, token, user);
        return true;
    }

    /// <summary>False where the claim is there and no Unicode text; null counts as absent.</summary>
    private static bool TryGetText(JsonElement claims, string claim, out string? text)
    {
        text = null;
        if (!claims.TryGetProperty(claim, out var value) || value.ValueKind == JsonValueKind.Null)
            return true;
        return value.ValueKind == JsonValueKind.String && JsonText.TryRead(value, out text);
    }

    /// <summary>Seconds since 1970, also with a fraction (RFC 7519, 2). False where the claim is there and no such time.</summary>
    private static bool TryGetTime(JsonElement claims, string claim, TimeSpan later, out DateTimeOffset? at)
    {
        at = null;
        if (!claims.TryGetProperty(claim, out var value))
            return true;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var seconds) || seconds is not (>= 0 and <= UnixSecondsMax))
            return false;
        at = DateTimeOffset.FromUnixTimeMilliseconds(Math.Min((long)Math.Round(seconds * MsPerSecond) + (long)later.TotalMilliseconds, UnixSecondsMax * MsPerSecond));
        return true;
    }

    private static Refusal Invalid(string message) => Refusals.Final(RefusalCode.TokenInvalid, message);
}
