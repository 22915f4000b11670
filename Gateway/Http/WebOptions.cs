using System.Buffers;
using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace WhatsSound.Gateway.Http;

/// <summary>Who may use the gateway from a browser, and what stands in front of it; section <c>Web</c> of the configuration.</summary>
internal sealed class WebOptions : IValidatableObject
{
    public const string Section = "Web";

    /// <summary>
    /// Pages of these origins may connect, besides the gateway's own: <c>https://app.example</c>, <c>https://*.app.example</c> for all below, <c>*</c> for
    /// every one. None by default: a page that somebody else wrote acts in its visitor's network. Programs say no origin, and are not asked for one.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>
    /// Pages from here may show the web page in a frame, besides the gateway's own: origins, hosts (<c>*.app.example</c>) or schemes (<c>https:</c>), as <c>frame-ancestors</c> of a Content-Security-Policy has them.
    /// </summary>
    public IList<string> FrameAncestors { get; } = [];

    /// <summary>Where the web page may load songs from, besides the gateway, as sources of a Content-Security-Policy. Songs are anywhere: any host over TLS if empty.</summary>
    public IList<string> MediaSources { get; } = [];

    /// <summary>
    /// Addresses (<c>10.0.0.7</c>) or networks (<c>10.0.0.0/8</c>) of proxies whose <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> are believed. None
    /// by default: anybody can send those.
    /// </summary>
    public IList<string> KnownProxies { get; } = [];

    private static readonly SearchValues<char> NotInSource = SearchValues.Create(" ;,\r\n\t");

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
    [
        .. Problems(nameof(AllowedOrigins), AllowedOrigins, OriginRules.IsPattern, "an origin, such as https://app.example"),
        .. Problems(nameof(FrameAncestors), FrameAncestors, FrameAncestor.IsValid, "an origin, a host or a scheme, without a path, such as https://app.example, *.app.example or https:"),
        .. Problems(nameof(MediaSources), MediaSources, IsSource, "a source of a Content-Security-Policy"),
        .. Problems(nameof(KnownProxies), KnownProxies, static proxy => IPAddress.TryParse(proxy, out _) || IPNetwork.TryParse(proxy, out _), "an address or a network"),
    ];

    private static bool IsSource(string source) => source.Length > 0 && !source.AsSpan().ContainsAny(NotInSource);

    private static IEnumerable<ValidationResult> Problems(string setting, IEnumerable<string> values, Func<string, bool> isValid, string wanted) =>
        values.Where(value => !isValid(value)).Select(value => new ValidationResult($"{Section}:{setting} has '{value}'; it must be {wanted}."));
}

/// <summary>Generated from the bounds of <see cref="WebOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class WebOptionsValidator : IValidateOptions<WebOptions>;
