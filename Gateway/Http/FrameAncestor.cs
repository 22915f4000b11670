using System.Globalization;
using System.Text.RegularExpressions;

namespace WhatsSound.Gateway.Http;

/// <summary>A source of <c>frame-ancestors</c> (Content Security Policy Level 3, section 2.3.1), as far as a browser would find a page by it: it compares origins, so a path would match none.</summary>
internal static partial class FrameAncestor
{
    private const int PortMax = 65_535;

    public static bool IsValid(string source) =>
        Source().Match(source) is { Success: true } match && (!match.Groups["port"].Success || int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture) <= PortMax);

    // 'self', a scheme, or a host with or without a scheme and a port. Browsers take an underscore in a host, too.
    [GeneratedRegex(@"\A('self'|[a-z][a-z0-9+.-]*:|([a-z][a-z0-9+.-]*://)?(\*|(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*)(:(\*|(?<port>[0-9]{1,5})))?/?)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Source();
}
