using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using WhatsSound.Gateway.Requests;
using WhatsSound.Text;
using WhatsSound.Users;

namespace WhatsSound.Gateway.Identity;

/// <summary>Turns a token into an identity, or refuses it with TOKEN_INVALID or TOKEN_EXPIRED. Safe from any thread.</summary>
internal sealed class TokenVerifier(SigningKey key, IOptions<IdentityOptions> options, TimeProvider time)
{
    public const int DisplayNameCharsMax = DisplayName.LengthMax;

    private const long UnixSecondsMax = 253_402_300_799;

    /// <summary>How far the clock of whoever issues tokens may be ahead of ours.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = options.Value.TokenCharsMax };

    private readonly TokenValidationParameters _parameters = new()
    {
        IssuerSigningKey = key.Key,
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        ValidateIssuer = false,
        ValidateAudience = false,
        // Read below, by this program's clock.
        ValidateLifetime = false,
    };

    public async Task<Answer<SessionIdentity>> VerifyAsync(string token)
    {
        if (token.Length == 0 || token.Length > options.Value.TokenCharsMax)
            return Invalid("The token is empty or too long.");
        var result = await _handler.ValidateTokenAsync(token, _parameters);
        if (result is not { IsValid: true, SecurityToken: JsonWebToken jwt })
            return Invalid("The token is malformed or wrongly signed.");
        // RFC 7515, 4.1.11: who does not understand what is critical must not accept it.
        using var header = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(jwt.EncodedHeader));
        if (header.RootElement.TryGetProperty("crit"u8, out _))
            return Invalid("The token has critical headers, which are not understood.");
        using var claims = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(jwt.EncodedPayload));
        return Read(claims.RootElement);
    }

    public bool IsExpired(SessionIdentity identity) => time.GetUtcNow() >= identity.ExpiresAt;

    public static Refusal Expired() => Refusals.Final(RefusalCode.TokenExpired, "The token has expired; authenticate with a new one.");

    /// <summary>Claims are read from the payload itself: one of another type than expected is wrong, not absent.</summary>
    private Answer<SessionIdentity> Read(JsonElement claims)
    {
        if (!TryGetText(claims, "sub", out var userId) || !UserId.IsValid(userId))
            return Invalid("The token's sub is no user id.");
        if (!TryGetText(claims, "name", out var name) || (name is not null && (name.Length > DisplayNameCharsMax || !VisibleText.IsValid(name))))
            return Invalid($"The token's name must be text of 1 to {DisplayNameCharsMax} characters, at least one of them visible, and no control characters.");
        if (!TryGetTime(claims, "exp", out var expiresAt) || expiresAt is null)
            return Invalid("The token has no exp.");
        if (!TryGetTime(claims, "nbf", out var notBefore) || notBefore - ClockSkew > time.GetUtcNow())
            return Invalid("The token is not valid yet, or its nbf is no time.");
        CapabilitySet? capabilities = null;
        if (claims.TryGetProperty("cap"u8, out var claim) && (capabilities = CapabilitySet.TryRead(claim)) is null)
            return Invalid("The token's cap is not an object from channel pattern to a list.");
        if (capabilities is null && options.Value.CapabilitiesRequired)
            return Invalid("The token has no cap, which is required here.");

        var identity = new SessionIdentity { UserId = userId!, DisplayName = name, ExpiresAt = expiresAt.Value, Capabilities = capabilities };
        return IsExpired(identity) ? Expired() : identity;
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
    private static bool TryGetTime(JsonElement claims, string claim, out DateTimeOffset? at)
    {
        at = null;
        if (!claims.TryGetProperty(claim, out var value))
            return true;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var seconds) || seconds is not (>= 0 and <= UnixSecondsMax))
            return false;
        at = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        return true;
    }

    private static Refusal Invalid(string message) => Refusals.Final(RefusalCode.TokenInvalid, message);
}
