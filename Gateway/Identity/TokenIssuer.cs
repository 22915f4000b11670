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
    private const long MsPerSecond = 1_000;

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials? _credentials = key.Key is { } secret ? new(secret, SecurityAlgorithms.HmacSha256) : null;

    /// <summary>Whether there is a secret to sign with.</summary>
    public bool CanSign => _credentials is not null;

    /// <param name="userId">Null: a token that names no user.</param>
    /// <param name="displayName">What the user is called; null: it says nothing.</param>
    /// <param name="expiresAt">Until when it counts.</param>
    /// <param name="capabilities">What it allows; null: it says nothing.</param>
    /// <param name="giver">With what it was asked for; null: nothing that can be revoked.</param>
    public string Issue(string? userId, string? displayName, DateTimeOffset expiresAt, IReadOnlyDictionary<string, string[]>? capabilities = null, TokenGiver? giver = null)
    {
        if (_credentials is null)
            throw new InvalidOperationException($"{IdentityOptions.Section}:{nameof(IdentityOptions.SigningKey)} is not set: there is nothing to sign with.");
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["jti"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes)),
            ["iat"] = SecondsOf(time.GetUtcNow()),
        };
        if (userId is not null)
            claims["sub"] = userId;
        if (displayName is not null)
            claims["name"] = displayName;
        if (capabilities is not null)
            claims["cap"] = capabilities;
        giver?.AddTo(claims);
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            Issuer = options.Value.Issuer,
            Audience = options.Value.Audiences.FirstOrDefault(),
            Expires = expiresAt.UtcDateTime,
            SigningCredentials = _credentials,
        });
    }

    /// <summary>To the millisecond: what takes back all that was issued before leaves a token alone that is got in the same second.</summary>
    private static object SecondsOf(DateTimeOffset at)
    {
        var ms = at.ToUnixTimeMilliseconds();
        return ms % MsPerSecond == 0 ? ms / MsPerSecond : (object)(ms / (double)MsPerSecond);
    }
}
