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

    /// <summary>
    /// Where the page asks for a token of its user, with what the browser keeps for that address (its cookies): <c>https://app.example/api/token</c>, which has to allow that to
    /// the page's origin. Unlike an address in a link, it cannot make anybody act as somebody else.
    /// </summary>
    public string? TokenUrl { get; set; }

    /// <summary>The origin by which others reach the page, for links that people send to each other. That of whoever asks unless set.</summary>
    public string? LinkOrigin { get; set; }

    /// <summary>The origin of <see cref="TokenUrl"/>, to which the page has to be allowed to connect.</summary>
    internal string? TokenUrlOrigin => TokenUrl is null ? null : new Uri(TokenUrl).GetLeftPart(UriPartial.Authority);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var origin in TokenOrigins.Where(static origin => !IsOrigin(origin)))
            yield return new ValidationResult($"{Section}:{nameof(TokenOrigins)} has {origin}; it must be an origin, such as https://app.example.");
        if (LinkOrigin is not null && !IsOrigin(LinkOrigin))
            yield return new ValidationResult($"{Section}:{nameof(LinkOrigin)} is {LinkOrigin}; it must be an origin, such as http://192.168.1.20:5080.");
        if (TokenUrl is not null && !(Uri.TryCreate(TokenUrl, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"))
            yield return new ValidationResult($"{Section}:{nameof(TokenUrl)} is {TokenUrl}; it must be an address, such as https://app.example/api/token.");
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == "https" || uri.Scheme == "http") && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.Ordinal);
}

/// <summary>Generated from the bounds of <see cref="WebPageOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class WebPageOptionsValidator : IValidateOptions<WebPageOptions>;
