using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using WhatsSound.Users;

namespace WhatsSound.Gateway.Identity;

/// <summary>Turns a token into an identity, or refuses it with TOKEN_INVALID or TOKEN_EXPIRED. Safe from any thread.</summary>
internal sealed class TokenVerifier(SigningKey key, IOptions<IdentityOptions> options, TimeProvider time)
{
    public const int DisplayNameCharsMax = 64;

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
        return result is { IsValid: true, SecurityToken: JsonWebToken jwt } ? Read(jwt) : Invalid("The token is malformed or wrongly signed.");
    }

    public bool IsExpired(SessionIdentity identity) => time.GetUtcNow() >= identity.ExpiresAt;

    public static Refusal Expired() => Refusals.Final(RefusalCode.TokenExpired, "The token has expired; authenticate with a new one.");

    private Answer<SessionIdentity> Read(JsonWebToken jwt)
    {
        if (!TryGetText(jwt, "sub", out var userId) || !UserId.IsValid(userId))
            return Invalid("The token's sub is no user id.");
        if (TryGetText(jwt, "name", out var name) && name!.Length > DisplayNameCharsMax)
            return Invalid($"The token's name is longer than {DisplayNameCharsMax} characters.");
        if (!jwt.TryGetPayloadValue<long>("exp", out var expiresAtSeconds) || expiresAtSeconds is < 0 or > 253402300799)
            return Invalid("The token has no exp.");
        CapabilitySet? capabilities = null;
        if (jwt.TryGetPayloadValue<JsonElement>("cap", out var claim) && (capabilities = CapabilitySet.TryRead(claim)) is null)
            return Invalid("The token's cap is not an object from channel pattern to a list.");

        var identity = new SessionIdentity
        {
            UserId = userId!,
            DisplayName = name,
            ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(expiresAtSeconds),
            Capabilities = capabilities,
        };
        return IsExpired(identity) ? Expired() : identity;
    }

    private static bool TryGetText(JsonWebToken jwt, string claim, out string? text) => jwt.TryGetPayloadValue(claim, out text) && text is not null;

    private static Refusal Invalid(string message) => Refusals.Final(RefusalCode.TokenInvalid, message);
}
