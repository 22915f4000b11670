using System.Text;
using Microsoft.Extensions.Options;

namespace WhatsSound.Gateway.Identity;

internal sealed class IdentityOptionsValidator : IValidateOptions<IdentityOptions>
{
    public ValidateOptionsResult Validate(string? name, IdentityOptions options)
    {
        if (string.IsNullOrEmpty(options.SigningKey))
            return ValidateOptionsResult.Fail("Identity:SigningKey is not set. Outside of Development there is no default.");
        if (Encoding.UTF8.GetByteCount(options.SigningKey) < IdentityOptions.SigningKeyBytesMin)
            return ValidateOptionsResult.Fail($"Identity:SigningKey is shorter than {IdentityOptions.SigningKeyBytesMin} bytes.");
        if (options.DevelopmentTokenLifetime <= TimeSpan.Zero)
            return ValidateOptionsResult.Fail("Identity:DevelopmentTokenLifetime is not positive.");
        if (!options.Guests.IsValid())
            return ValidateOptionsResult.Fail("Identity:Guests: a limit or time is out of range.");
        return options.TokenCharsMax < 256
            ? ValidateOptionsResult.Fail("Identity:TokenCharsMax is below 256: no token would fit.")
            : ValidateOptionsResult.Success;
    }
}
