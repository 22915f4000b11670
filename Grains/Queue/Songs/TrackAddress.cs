namespace WhatsSound.Grains.Queue.Songs;

/// <summary>
/// Which song an address means: two spellings of one address are one song. Scheme and host in lower case, no dot behind the host, no default port, no fragment, no dot segments, no
/// needless escapes.
/// </summary>
internal static class TrackAddress
{
    private const string OwnServer = "http://own.invalid";

    public static string Of(string url)
    {
        var isOwn = url.StartsWith('/');
        if (!Uri.TryCreate(isOwn ? OwnServer + url : url, UriKind.Absolute, out var address))
            return url;
        var path = address.GetComponents(UriComponents.PathAndQuery, UriFormat.UriEscaped);
        return isOwn ? path : $"{ServerOf(address)}{path}";
    }

    private static string ServerOf(Uri address)
    {
        var port = address.GetComponents(UriComponents.Port, UriFormat.UriEscaped);
        var host = address.GetComponents(UriComponents.Host, UriFormat.UriEscaped).TrimEnd('.');
        return $"{address.Scheme}://{host}{(port.Length == 0 ? "" : $":{port}")}".ToLowerInvariant();
    }
}
