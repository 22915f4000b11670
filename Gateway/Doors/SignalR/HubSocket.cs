using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>A SignalR connection as a session's socket: the WebSocket itself, or SignalR's pipe where the transport is another.</summary>
internal sealed class HubSocket(HubConnectionContext connection) : ISessionSocket
{
    private readonly SharedWebSocket? _webSocket = (connection.GetHttpContext()?.Features.Get<IHttpWebSocketFeature>() as SharedWebSocketFeature)?.Socket;

    public TimeSpan Silence => _webSocket?.Silence ?? TimeSpan.Zero;

    public ValueTask WriteAsync(ReadOnlySpan<OutgoingMessage> messages)
    {
        var encoded = messages.Length == 1 ? HubEncoding.Encoded(messages[0]) : HubEncoding.Together(messages);
        return _webSocket?.SendTextAsync(encoded.Bytes) ?? connection.WriteAsync(encoded.Message);
    }

    /// <summary>By now the client has read that it is to close, and when to come back. To abort here would reset the connection, and take that from it.</summary>
    public void Close()
    {
        if (_webSocket is not null)
            _ = _webSocket.FinishAsync();
    }

    public void Cut()
    {
        _webSocket?.Abort();
        connection.Abort();
    }
}
