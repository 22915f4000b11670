using Microsoft.AspNetCore.Http.Connections.Client;

namespace WhatsSound.Client;

/// <summary>How to connect.</summary>
public sealed class ConnectionOptions
{
    /// <summary>The address of the hub, such as <c>https://example.com/hub</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>
    /// Answers a fresh token; asked at each connection and before the old one runs out. Has 10 s, after which its cancellation token says so; when it fails, the attempt
    /// to connect has failed.
    /// </summary>
    public required Func<CancellationToken, Task<string>> Token { get; init; }

    /// <summary>Proxies, certificates and headers. Transports, negotiation and the token are this client's own.</summary>
    public Action<HttpConnectionOptions>? Configure { get; init; }

    /// <summary>How many bytes a request may have: what is larger is refused here. For a server whose <c>SignalR:RequestBytesMax</c> is another.</summary>
    public int RequestBytesMax { get; init; } = 65_536;

    /// <summary>Where time comes from.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
