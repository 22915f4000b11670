using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace WhatsSound.Gateway.Identity;

/// <summary>The shared secret, which tokens are signed and verified with.</summary>
internal sealed class SigningKey(IOptions<IdentityOptions> options)
{
    /// <summary>Null: there is none, and all tokens are of others.</summary>
    public SymmetricSecurityKey? Key { get; } = options.Value.SigningKey is { Length: > 0 } text ? new(Encoding.UTF8.GetBytes(text)) : null;
}
