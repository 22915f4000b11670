using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Http;

/// <summary>The web page; section <c>WebPage</c> of the configuration.</summary>
internal sealed class WebPageOptions : IValidatableObject
{
    public const string Section = "WebPage";

    /// <summary>Where the page is built.</summary>
    public const string DefaultFolder = "wwwroot";

    /// <summary>The same where the build puts it, wherever the program is started: what the programs have unless they are told otherwise.</summary>
    public static string FolderBesideProgram { get; } = Path.Combine(AppContext.BaseDirectory, DefaultFolder);

    /// <summary>Whether nobody has asked for this folder: then it may be missing.</summary>
    public static bool IsDefault(string folder) => folder is DefaultFolder || folder == FolderBesideProgram;

    /// <summary>
    /// Where its files are, relative to the content root. Without the folder of the default no page is served: a gateway may stand behind another web server. Any
    /// other must be there.
    /// </summary>
    [NotEmpty]
    public string Folder { get; set; } = DefaultFolder;

    /// <summary>
    /// The origins (<c>https://app.example</c>) of apps that may have the page in a frame and hand it tokens of their users. None unless configured: any other
    /// site could make a visitor act as somebody of its choice.
    /// </summary>
    public IList<string> TokenOrigins { get; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from origin in TokenOrigins
        where !IsOrigin(origin)
        select new ValidationResult($"{Section}:{nameof(TokenOrigins)} has {origin}; it must be an origin, such as https://app.example.");

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == "https" || uri.Scheme == "http") && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.Ordinal);
}

/// <summary>Generated from the bounds of <see cref="WebPageOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class WebPageOptionsValidator : IValidateOptions<WebPageOptions>;
