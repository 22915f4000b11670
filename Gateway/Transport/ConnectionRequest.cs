using Microsoft.AspNetCore.Http.Features;

namespace WhatsSound.Gateway.Transport;

/// <summary>The HTTP request that became a WebSocket.</summary>
internal static class ConnectionRequest
{
    /// <summary>
    /// The request of a WebSocket lives as long as the connection, and with it its headers, and the token in its address in four copies: kilobytes that
    /// nobody reads again, and a secret that no dump or log line needs to have.
    /// </summary>
    public static void Forget(HttpContext http)
    {
        http.Features.Set<IQueryFeature>(null);
        if (http.Features.Get<IHttpRequestFeature>() is not { } request)
            return;
        request.QueryString = "";
        request.RawTarget = request.Path;
        request.Headers.Clear();
    }
}
