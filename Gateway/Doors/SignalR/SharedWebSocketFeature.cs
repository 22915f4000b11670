using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Features;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>Puts a <see cref="SharedWebSocket"/> between SignalR and the socket it accepts, and keeps it where the session finds it.</summary>
internal sealed class SharedWebSocketFeature(IHttpWebSocketFeature inner, TimeProvider time) : IHttpWebSocketFeature
{
    /// <summary>Null until SignalR has accepted the connection.</summary>
    public SharedWebSocket? Socket { get; private set; }

    public bool IsWebSocketRequest => inner.IsWebSocketRequest;

    public async Task<WebSocket> AcceptAsync(WebSocketAcceptContext context) => Socket = new SharedWebSocket(await inner.AcceptAsync(context), time);
}
