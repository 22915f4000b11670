namespace WhatsSound.Gateway.Http;

/// <summary>The web page; section <c>WebPage</c> of the configuration.</summary>
internal sealed class WebPageOptions
{
    public const string Section = "WebPage";

    /// <summary>Where its files are, relative to the content root. Without that folder no page is served: a gateway may stand behind another web server.</summary>
    public string Folder { get; set; } = "wwwroot";
}
