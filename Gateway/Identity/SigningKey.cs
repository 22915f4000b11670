using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace WhatsSound.Gateway.Identity;

/// <summary>The key that tokens are signed and verified with.</summary>
internal sealed class SigningKey(IOptions<IdentityOptions> options)
{
    public SymmetricSecurityKey Key { get; } = new(Encoding.UTF8.GetBytes(options.Value.SigningKey!));
}
