using System.Net.WebSockets;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>
/// A WebSocket that two write to: SignalR its handshake and pings, through its pipe, and the session's outbox answers and frames, directly. SignalR's way costs each
/// delivery a pipe segment of 4 KiB and a switch of threads; frames are encoded already and need neither. Messages never mix: one writer at a time, until the
/// end of its message.
/// </summary>
internal sealed class SharedWebSocket(WebSocket inner, TimeProvider time) : WebSocket
{
    private readonly Lock _gate = new();
    private long _heardAt = time.GetTimestamp();
    private TaskCompletionSource? _next;

    // The first message is SignalR's: its answer to the handshake, before which no client takes anything.
    private bool _isTaken = true;
    private bool _isMessageOpen = true;

    /// <summary>For how long nothing has come from the peer.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref _heardAt));

    public override WebSocketCloseStatus? CloseStatus => inner.CloseStatus;

    public override string? CloseStatusDescription => inner.CloseStatusDescription;

    public override WebSocketState State => inner.State;

    public override string? SubProtocol => inner.SubProtocol;

    /// <summary>Sends a whole message, for the outbox. One call at a time. A socket that is closed makes the result fail, and throws nothing.</summary>
    public ValueTask SendWholeAsync(ReadOnlyMemory<byte> message, bool isBinary)
    {
        var type = isBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
        if (!TryEnter(out var turn))
            return new ValueTask(SendAfterAsync(turn, message, type));
        ValueTask send;
        try
        {
            send = inner.SendAsync(message, type, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception exception)
        {
            Leave();
            return ValueTask.FromException(exception);
        }

        if (!send.IsCompletedSuccessfully)
            return new ValueTask(LeaveAfterAsync(send));
        send.GetAwaiter().GetResult();
        Leave();
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends our half of the connection, after what was written; the peer answers by ending its own. For the outbox, as its last call. Does not throw.</summary>
    public async Task FinishAsync()
    {
        if (!TryEnter(out var turn))
            await turn;
        try
        {
            await inner.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, CancellationToken.None);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or InvalidOperationException or OperationCanceledException)
        {
            // The connection is gone already.
        }
        finally
        {
            Leave();
        }
    }

    public override async ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        if (!_isMessageOpen && !TryEnter(out var turn))
            await WaitAsync(turn, cancellationToken);
        _isMessageOpen = true;
        try
        {
            await inner.SendAsync(buffer, messageType, endOfMessage, cancellationToken);
        }
        catch
        {
            endOfMessage = true;
            throw;
        }
        finally
        {
            if (endOfMessage)
            {
                _isMessageOpen = false;
                Leave();
            }
        }
    }

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
        SendAsync(buffer.AsMemory(), messageType, endOfMessage, cancellationToken).AsTask();

    public override ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, WebSocketMessageFlags messageFlags, CancellationToken cancellationToken) =>
        SendAsync(buffer, messageType, messageFlags.HasFlag(WebSocketMessageFlags.EndOfMessage), cancellationToken);

    /// <summary>Says goodbye; where a message is stuck in the socket, the peer does not read, and the connection is cut.</summary>
    public override async Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        if (!_isMessageOpen && !TryEnter(out _))
        {
            inner.Abort();
            return;
        }

        try
        {
            await inner.CloseOutputAsync(closeStatus, statusDescription, cancellationToken);
        }
        finally
        {
            _isMessageOpen = false;
            Leave();
        }
    }

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        inner.CloseAsync(closeStatus, statusDescription, cancellationToken);

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
        inner.ReceiveAsync(buffer, cancellationToken);

    // Whoever asks for more has just got something. Noted here, and not when it comes: that would take a state machine for each idle connection.
    public override ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _heardAt, time.GetTimestamp());
        return inner.ReceiveAsync(buffer, cancellationToken);
    }

    public override void Abort() => inner.Abort();

    public override void Dispose() => inner.Dispose();

    /// <summary>Takes the turn; otherwise <paramref name="turn"/> is done when it comes. There are two writers, so one waits at most.</summary>
    private bool TryEnter(out Task turn)
    {
        lock (_gate)
        {
            turn = Task.CompletedTask;
            if (!_isTaken)
            {
                _isTaken = true;
                return true;
            }

            _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            turn = _next.Task;
            return false;
        }
    }

    private void Leave()
    {
        TaskCompletionSource? next;
        lock (_gate)
        {
            next = _next;
            _next = null;
            _isTaken = next is not null;
        }

        next?.SetResult();
    }

    private async Task SendAfterAsync(Task turn, ReadOnlyMemory<byte> message, WebSocketMessageType type)
    {
        await turn;
        await LeaveAfterAsync(inner.SendAsync(message, type, endOfMessage: true, CancellationToken.None));
    }

    private async Task LeaveAfterAsync(ValueTask send)
    {
        try
        {
            await send;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>As with any send that is cancelled, the connection is of no use afterwards.</summary>
    private async Task WaitAsync(Task turn, CancellationToken cancellationToken)
    {
        try
        {
            await turn.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            inner.Abort();
            throw;
        }
    }
}
