using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace WhatsSound.Gateway.Identity;

/// <summary>Signs tokens. In production an app's own server does this with the same key; here it serves guests, development and tests.</summary>
internal sealed class TokenIssuer(SigningKey key)
{
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials = new(key.Key, SecurityAlgorithms.HmacSha256);

    public string Issue(string userId, string? displayName, DateTimeOffset expiresAt, IReadOnlyDictionary<string, string[]>? capabilities = null)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = userId };
        if (displayName is not null)
            claims["name"] = displayName;
        if (capabilities is not null)
            claims["cap"] = capabilities;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            Expires = expiresAt.UtcDateTime,
            SigningCredentials = _credentials,
        });
    }
}
