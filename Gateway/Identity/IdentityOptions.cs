using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Identity.Sources;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Identity;

/// <summary>Whose tokens count, and how they are verified; section <c>Identity</c> of the configuration.</summary>
internal sealed class IdentityOptions : IValidatableObject
{
    public const string Section = "Identity";

    /// <summary>HMAC-SHA256 gains nothing from a longer key and loses with a shorter one (RFC 7518, 3.2).</summary>
    public const int SigningKeyBytesMin = 32;

    /// <summary>The shared secret that tokens are signed with (HS256), as text. No default: a built-in key would be everybody's key. Not needed where there are Sources, and no guests.</summary>
    public string? SigningKey { get; set; }

    /// <summary>What this server calls itself, as issuer (iss) of the tokens that it signs itself.</summary>
    [NotEmpty]
    public string Issuer { get; set; } = "whatssound";

    /// <summary>The issuers (iss) of which a token that is signed with the shared secret must name one, besides this server itself. None: any.</summary>
    public IList<string> Issuers { get; } = [];

    /// <summary>The audiences (aud) of which a token that is signed with the shared secret must name one; what the server signs itself names the first. None: any.</summary>
    public IList<string> Audiences { get; } = [];

    /// <summary>Who signs tokens besides, with keys of their own (RS256 or ES256). Their users are as many as this server has: two sources must not call two people the same.</summary>
    public IList<TokenSourceOptions> Sources { get; } = [];

    /// <summary>How the keys of Sources are fetched.</summary>
    [ValidateObjectMembers]
    public KeyFetchOptions Keys { get; set; } = new();

    /// <summary>The keys of the app's own servers, for the HTTP API.</summary>
    public IList<ApiKeyOptions> ApiKeys { get; } = [];

    /// <summary>How far the clock of whoever issues tokens may be ahead of this one: for nbf and iat.</summary>
    [WithinTime("00:00:00", "00:10:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How far it may be behind: so long a token counts after its exp. Nothing: whoever issues tokens for a few minutes means them, and a connection is delivered to for Sessions:ExpiredGrace anyway.
    /// </summary>
    [WithinTime("00:00:00", "00:10:00")]
    public TimeSpan ExpirySkew { get; set; }

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

    /// <summary>
    /// Whether a token must name a user. Off: one without <c>sub</c> is no user's, and its connection may do what the channels' rules give to sessions without a user, as far as its <c>cap</c> allows it.
    /// </summary>
    public bool SubjectRequired { get; set; } = true;

    /// <summary>Longer tokens are invalid unread; with 64 patterns a token stays well below.</summary>
    [Within(256, 65_536)]
    public int TokenCharsMax { get; set; } = 16 * 1024;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(SigningKey))
        {
            if (Sources.Count == 0)
                yield return new ValidationResult($"{Section}:{nameof(SigningKey)} is not set. Outside of Development there is no default.");
            else if (Guests.Enabled is true)
                yield return new ValidationResult($"{Section}:{nameof(SigningKey)} is not set: the tokens of guests are signed with it, whatever {Section}:{nameof(Sources)} says.");
        }
        else if (Encoding.UTF8.GetByteCount(SigningKey) < SigningKeyBytesMin)
            yield return new ValidationResult($"{Section}:{nameof(SigningKey)} must have at least {SigningKeyBytesMin} bytes.");
    }
}

/// <summary>Generated from the bounds of <see cref="IdentityOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class IdentityOptionsValidator : IValidateOptions<IdentityOptions>;
