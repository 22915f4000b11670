using System.Net;

namespace WhatsSound.Gateway.Http;

/// <summary>Whether a request comes from a program or page of this machine itself: what gives away tokens answers nobody else.</summary>
internal static class DevelopmentPeer
{
    /// <summary>
    /// True only where the peer is this machine, no proxy stands between, it was asked for by a name of this machine (another name that leads here is how a
    /// foreign page gets around its origin), and a page that asks is this server's own.
    /// </summary>
    public static bool IsLocal(HttpContext http)
    {
        var request = http.Request;
        return http.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer)
            && !request.Headers.ContainsKey("X-Forwarded-For") && !request.Headers.ContainsKey("Forwarded")
            && IsLocalName(request.Host.Host)
            && (request.Headers.Origin.Count == 0 || OriginRules.IsOwn(request.Headers.Origin.ToString(), request.Host));
    }

    /// <summary>Whether an address that the server listens on can be reached from this machine only.</summary>
    public static bool IsLocalAddress(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && IsLocalName(uri.Host);

    private static bool IsLocalName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
