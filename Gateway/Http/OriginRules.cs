namespace WhatsSound.Gateway.Http;

/// <summary>Which origins may ask. An origin is what a browser sends: scheme, host, and the port where it is not the scheme's own (RFC 6454).</summary>
internal static class OriginRules
{
    private const string Any = "*";
    private const string AnySubdomain = "*.";

    /// <summary>Whether the text is <c>*</c>, an origin, or one with <c>*.</c> before its host.</summary>
    public static bool IsPattern(string pattern) =>
        pattern is Any || (Uri.TryCreate(pattern.Replace("://*.", "://", StringComparison.Ordinal), UriKind.Absolute, out var uri) && uri.PathAndQuery == "/" && !pattern.EndsWith('/'));

    /// <summary>
    /// Whether the page comes from the address it asks. The scheme is not compared: where a proxy ends TLS, the page has https and the gateway http.
    /// </summary>
    public static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && string.Equals(uri.IdnHost.Trim('[', ']'), host.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
        && (host.Port is { } port ? port == uri.Port : uri.IsDefaultPort);

    public static bool IsAllowed(string origin, IEnumerable<string> patterns) => patterns.Any(pattern => Matches(pattern, origin));

    private static bool Matches(string pattern, string origin)
    {
        if (pattern is Any || string.Equals(pattern, origin, StringComparison.OrdinalIgnoreCase))
            return true;
        var host = pattern.IndexOf("://", StringComparison.Ordinal) + 3;
        if (!pattern.AsSpan(host).StartsWith(AnySubdomain, StringComparison.Ordinal))
            return false;
        var rest = pattern.AsSpan(host + 1);
        return origin.Length > host + rest.Length
            && origin.AsSpan(0, host).Equals(pattern.AsSpan(0, host), StringComparison.OrdinalIgnoreCase)
            && origin.AsSpan(host).EndsWith(rest, StringComparison.OrdinalIgnoreCase)
            && !origin.AsSpan(host).ContainsAny("/\\?#@");
    }
}
