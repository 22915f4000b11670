using System.Buffers;
using System.Net;

namespace WhatsSound.Gateway.Http;

/// <summary>Who may use the gateway from a browser, and what stands in front of it; section <c>Web</c> of the configuration.</summary>
internal sealed class WebOptions
{
    public const string Section = "Web";

    /// <summary>
    /// Pages of these origins may connect, besides the gateway's own: <c>https://app.example</c>, <c>https://*.app.example</c> for all below, <c>*</c> for
    /// every one. None by default: a page that somebody else wrote acts in its visitor's network. Programs say no origin, and are not asked for one.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Pages of these origins may show the web page in a frame, besides the gateway's own.</summary>
    public IList<string> FrameAncestors { get; } = [];

    /// <summary>Where the web page may load songs from, besides the gateway, as sources of a Content-Security-Policy. Songs are anywhere: any host if empty.</summary>
    public IList<string> MediaSources { get; } = [];

    /// <summary>
    /// Addresses (<c>10.0.0.7</c>) or networks (<c>10.0.0.0/8</c>) of proxies whose <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> are believed. None
    /// by default: anybody can send those.
    /// </summary>
    public IList<string> KnownProxies { get; } = [];

    private static readonly SearchValues<char> NotInSource = SearchValues.Create(" ;,\r\n\t");

    public bool IsValid() =>
        AllowedOrigins.All(OriginRules.IsPattern)
        && FrameAncestors.Concat(MediaSources).All(static source => source.Length > 0 && !source.AsSpan().ContainsAny(NotInSource))
        && KnownProxies.All(static proxy => IPAddress.TryParse(proxy, out _) || IPNetwork.TryParse(proxy, out _));
}
