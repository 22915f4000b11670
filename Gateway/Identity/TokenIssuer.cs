using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace WhatsSound.Gateway.Identity;

/// <summary>Signs tokens with the shared secret. In production an app's own server does this with the same key; here it serves guests, development, the command line and tests.</summary>
internal sealed class TokenIssuer(SigningKey key, IOptions<IdentityOptions> options, TimeProvider time)
{
    private const int IdBytes = 16;

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials? _credentials = key.Key is { } secret ? new(secret, SecurityAlgorithms.HmacSha256) : null;

    /// <summary>Whether there is a secret to sign with.</summary>
    public bool CanSign => _credentials is not null;

    /// <param name="userId">Null: a token that names no user.</param>
    /// <param name="displayName">What the user is called; null: it says nothing.</param>
    /// <param name="expiresAt">Until when it counts.</param>
    /// <param name="capabilities">What it allows; null: it says nothing.</param>
    public string Issue(string? userId, string? displayName, DateTimeOffset expiresAt, IReadOnlyDictionary<string, string[]>? capabilities = null)
    {
        if (_credentials is null)
            throw new InvalidOperationException($"{IdentityOptions.Section}:{nameof(IdentityOptions.SigningKey)} is not set: there is nothing to sign with.");
        var claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["jti"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes)) };
        if (userId is not null)
            claims["sub"] = userId;
        if (displayName is not null)
            claims["name"] = displayName;
        if (capabilities is not null)
            claims["cap"] = capabilities;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            Issuer = options.Value.Issuer,
            Audience = options.Value.Audiences.FirstOrDefault(),
            IssuedAt = time.GetUtcNow().UtcDateTime,
            Expires = expiresAt.UtcDateTime,
            SigningCredentials = _credentials,
        });
    }
}
