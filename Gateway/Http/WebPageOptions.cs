using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Http;

/// <summary>The web page; section <c>WebPage</c> of the configuration.</summary>
internal sealed class WebPageOptions
{
    public const string Section = "WebPage";

    /// <summary>Where its files are, relative to the content root. Without that folder no page is served: a gateway may stand behind another web server.</summary>
    [NotEmpty]
    public string Folder { get; set; } = "wwwroot";
}

/// <summary>Generated from the bounds of <see cref="WebPageOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class WebPageOptionsValidator : IValidateOptions<WebPageOptions>;
