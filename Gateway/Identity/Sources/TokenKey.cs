using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace WhatsSound.Gateway.Identity.Sources;

/// <summary>A key that tokens are verified with, for the one algorithm that it is for: what a token says of its algorithm never chooses how a key is used.</summary>
internal sealed class TokenKey(SecurityKey key, string algorithm)
{
    private readonly TokenValidationParameters _parameters = new()
    {
        IssuerSigningKey = key,
        ValidAlgorithms = [algorithm],
        // Claims are read by us: by the program's clock, and with its refusals.
        ValidateIssuer = false,
        ValidateAudience = false,
        ValidateLifetime = false,
    };

    public async ValueTask<bool> HasSignedAsync(string token, JsonWebTokenHandler handler) => (await handler.ValidateTokenAsync(token, _parameters)).IsValid;
}
