using System.Buffers;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>A SignalR connection as a session's socket: the WebSocket itself, or SignalR's pipe where the transport is another.</summary>
internal sealed class HubSocket(HubConnectionContext connection, IHubFormat format) : ISessionSocket
{
    private readonly SharedWebSocket? _webSocket = (connection.GetHttpContext()?.Features.Get<IHttpWebSocketFeature>() as SharedWebSocketFeature)?.Socket;

    public TimeSpan Silence => _webSocket?.Silence ?? TimeSpan.Zero;

    public bool IsGoingAway => _webSocket?.CloseStatus == WebSocketCloseStatus.EndpointUnavailable;

    public IWireFormat Format => format;

    public ValueTask WriteAsync(ReadOnlySpan<OutgoingMessage> messages)
    {
        var encoded = messages.Length == 1 ? (HubMessageBytes)messages[0].EncodedIn(format) : Together(messages);
        return _webSocket?.SendWholeAsync(encoded.Bytes, format.IsBinary) ?? connection.WriteAsync(encoded.Message);
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

    /// <summary>Several messages as one write: hub protocols separate them by themselves.</summary>
    private HubMessageBytes Together(ReadOnlySpan<OutgoingMessage> messages)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        foreach (var message in messages)
            buffer.Write(message.EncodedIn(format).Bytes.Span);
        return new HubMessageBytes(format.Protocol, buffer.WrittenMemory);
    }
}
