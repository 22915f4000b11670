using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Identity;

/// <summary>How tokens are verified; section <c>Identity</c> of the configuration.</summary>
internal sealed class IdentityOptions : IValidatableObject
{
    public const string Section = "Identity";

    /// <summary>HMAC-SHA256 gains nothing from a longer key and loses with a shorter one (RFC 7518, 3.2).</summary>
    public const int SigningKeyBytesMin = 32;

    /// <summary>The shared secret that tokens are signed with, as text. No default: a built-in key would be everybody's key.</summary>
    public string? SigningKey { get; set; }

    /// <summary>In Development, where a generated key is kept when none is set, so that tokens outlive a restart. Relative to the content root.</summary>
    public string DevelopmentKeyFile { get; set; } = Path.Combine("data", "identity-signing-key");

    /// <summary>How long a development token counts: a working day.</summary>
    [WithinTime("00:01:00", "30.00:00:00")]
    public TimeSpan DevelopmentTokenLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>People whom no app names.</summary>
    [ValidateObjectMembers]
    public GuestOptions Guests { get; set; } = new();

    /// <summary>Whether a token must say what it allows. Off: a token without <c>cap</c> allows all that the channels' rules do.</summary>
    public bool CapabilitiesRequired { get; set; }

    /// <summary>Longer tokens are invalid unread; with 64 patterns a token stays well below.</summary>
    [Within(256, 65_536)]
    public int TokenCharsMax { get; set; } = 16 * 1024;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(SigningKey))
            yield return new ValidationResult($"{Section}:{nameof(SigningKey)} is not set. Outside of Development there is no default.");
        else if (Encoding.UTF8.GetByteCount(SigningKey) < SigningKeyBytesMin)
            yield return new ValidationResult($"{Section}:{nameof(SigningKey)} must have at least {SigningKeyBytesMin} bytes.");
    }
}

/// <summary>Generated from the bounds of <see cref="IdentityOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class IdentityOptionsValidator : IValidateOptions<IdentityOptions>;
