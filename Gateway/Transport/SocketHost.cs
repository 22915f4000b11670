using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Transport;

/// <summary>
/// Runs the connections of doors that have a WebSocket of their own: one receive loop and one writer each, bounded messages, signs of life, and an end in
/// the protocol's words.
/// </summary>
internal sealed class SocketHost(SessionHost host, IOptions<TransportOptions> options, TimeProvider time)
{
    /// <summary>Takes a request for a WebSocket. Done when the connection is gone.</summary>
    /// <param name="http">The request.</param>
    /// <param name="token">The token that it came with, wherever the protocol has it.</param>
    /// <param name="protocol">The door's, for this connection.</param>
    /// <param name="subProtocol">What is agreed on in the WebSocket's handshake.</param>
    public async Task RunAsync(HttpContext http, string? token, ISocketProtocol protocol, string? subProtocol = null)
    {
        if (host.IsDraining)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = "1";
            return;
        }

        var isTls = http.Request.IsHttps;
        var admitted = await host.AdmitAsync(host.NewConnectionId(), http.Connection.RemoteIpAddress, token);
        using var admission = admitted.Value;
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = subProtocol,
            KeepAliveInterval = options.Value.KeepAliveInterval,
            KeepAliveTimeout = options.Value.KeepAliveTimeout,
        });
        ConnectionRequest.Forget(http);
        var writer = new SocketWriter(socket, protocol, options.Value.SendTimeout, time);
        if (admission is null)
        {
            await writer.CloseAsync(protocol.CloseOf(admitted.Refusal!));
            return;
        }

        var session = host.Open(admission, protocol.Door, isTls, writer);
        try
        {
            using var beat = StartHeartbeat(session, writer, protocol);
            await ReceiveAsync(session, socket, writer, protocol);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The peer went without a word, or was cut.
        }
        finally
        {
            await host.EndAsync(session);
        }
    }

    private async Task ReceiveAsync(Session session, WebSocket socket, SocketWriter writer, ISocketProtocol protocol)
    {
        using var reader = new MessageReader(
            socket, () => session.Identity is null ? options.Value.StrangerReadBytesMax : options.Value.ReadBytesMax);
        while (true)
        {
            var outcome = await reader.ReadAsync();
            if (outcome == ReadOutcome.End)
            {
                session.Outbox.End();
                await writer.CloseAsync(new CloseWord(WebSocketCloseStatus.NormalClosure));
                return;
            }

            writer.Heard();
            if (outcome == ReadOutcome.TooLarge || !await TryTakeAsync(session, reader, protocol))
            {
                SessionConduct.WasBroken(session, outcome == ReadOutcome.TooLarge ? RefusalCode.PayloadTooLarge : RefusalCode.BadRequest);
                await reader.DropRestAsync();
                return;
            }

            writer.Listens();
        }
    }

    private static async Task<bool> TryTakeAsync(Session session, MessageReader reader, ISocketProtocol protocol)
    {
        try
        {
            await protocol.ReceiveAsync(session, reader.Message, reader.IsText);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Sends signs of life, and looks for the peer's; null where the protocol has neither.</summary>
    private ITimer? StartHeartbeat(Session session, SocketWriter writer, ISocketProtocol protocol)
    {
        if ((protocol.HeartbeatInterval ?? protocol.SilenceMax) is not { } interval)
            return null;
        if (protocol.SilenceMax < interval)
            interval = protocol.SilenceMax.Value;
        return time.CreateTimer(
            _ =>
            {
                if (writer.Silence > protocol.SilenceMax)
                    writer.Cut();
                else if (protocol.HeartbeatInterval is not null)
                    session.Outbox.Deliver(HeartbeatMessage.Instance);
            },
            state: null,
            interval,
            interval);
    }
}
