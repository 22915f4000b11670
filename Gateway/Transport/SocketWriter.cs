using System.Net.WebSockets;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Transport;

/// <summary>A WebSocket as a session's socket: the only one who writes to it. A message that does not go out in time cuts the connection.</summary>
internal sealed class SocketWriter(WebSocket socket, ISocketProtocol protocol, TimeSpan sendTimeout, TimeProvider time) : ISessionSocket
{
    private readonly WebSocketMessageType _type = protocol.IsText ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
    private long _heardAt = time.GetTimestamp();
    private bool _isDeaf;
    private ClosingMessage? _goodbye;

    public IWireFormat Format => protocol.Format;

    public TimeSpan Silence => Volatile.Read(ref _isDeaf) ? TimeSpan.Zero : time.GetElapsedTime(Volatile.Read(ref _heardAt));

    public bool IsGoingAway => socket.CloseStatus == WebSocketCloseStatus.EndpointUnavailable;

    /// <summary>Something has come from the peer, and nothing more is read until it is done with: meanwhile nobody knows whether the peer is silent.</summary>
    public void Heard() => Volatile.Write(ref _isDeaf, true);

    /// <summary>From now on what comes is read again.</summary>
    public void Listens()
    {
        Volatile.Write(ref _heardAt, time.GetTimestamp());
        Volatile.Write(ref _isDeaf, false);
    }

    public ValueTask WriteAsync(ReadOnlySpan<OutgoingMessage> messages)
    {
        for (var i = 0; i < messages.Length; i++)
        {
            var send = SendAsync(messages[i]);
            if (!send.IsCompletedSuccessfully)
                return new ValueTask(WriteRestAsync(send, messages[(i + 1)..].ToArray()));
        }

        return ValueTask.CompletedTask;
    }

    public void Close() => _ = CloseAsync(_goodbye is { } goodbye ? protocol.CloseOf(goodbye) : new CloseWord(WebSocketCloseStatus.NormalClosure));

    /// <summary>Ends our half of the connection; the peer answers by ending its own. Does not throw.</summary>
    public async Task CloseAsync(CloseWord word)
    {
        try
        {
            await socket.CloseOutputAsync(word.Status, word.Reason, CancellationToken.None).WaitAsync(sendTimeout, time);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or InvalidOperationException or OperationCanceledException or TimeoutException)
        {
            // It is gone already, or takes not even this.
            socket.Abort();
        }
    }

    public void Cut() => socket.Abort();

    private ValueTask SendAsync(OutgoingMessage message)
    {
        if (message is ClosingMessage goodbye)
            _goodbye = goodbye;
        var bytes = message.EncodedIn(protocol.Format).Bytes;
        if (bytes.IsEmpty)
            return ValueTask.CompletedTask;
        try
        {
            return socket.SendAsync(bytes, _type, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException(exception);
        }
    }

    private async Task WriteRestAsync(ValueTask begun, OutgoingMessage[] rest)
    {
        await InTimeAsync(begun);
        foreach (var message in rest)
            await InTimeAsync(SendAsync(message));
    }

    private Task InTimeAsync(ValueTask send) => send.AsTask().WaitAsync(sendTimeout, time);
}
