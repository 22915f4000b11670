namespace WhatsSound.Gateway.Identity;

/// <summary>How tokens are verified; section <c>Identity</c> of the configuration.</summary>
internal sealed class IdentityOptions
{
    public const string Section = "Identity";

    /// <summary>HMAC-SHA256 gains nothing from a longer key and loses with a shorter one (RFC 7518, 3.2).</summary>
    public const int SigningKeyBytesMin = 32;

    /// <summary>The shared secret that tokens are signed with, as text. No default: a built-in key would be everybody's key.</summary>
    public string? SigningKey { get; set; }

    /// <summary>In Development, where a generated key is kept when none is set, so that tokens outlive a restart. Relative to the content root.</summary>
    public string DevelopmentKeyFile { get; set; } = Path.Combine("data", "identity-signing-key");

    /// <summary>How long a development token counts: a working day.</summary>
    public TimeSpan DevelopmentTokenLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>People whom no app names.</summary>
    public GuestOptions Guests { get; } = new();

    /// <summary>Whether a token must say what it allows. Off: a token without <c>cap</c> allows all that the channels' rules do.</summary>
    public bool CapabilitiesRequired { get; set; }

    /// <summary>Longer tokens are invalid unread; with 64 patterns a token stays well below.</summary>
    public int TokenCharsMax { get; set; } = 16 * 1024;
}
