using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// What a socket has not taken yet: bounded, in order, and conflating where that is allowed. <see cref="Deliver"/> never waits. An idle outbox is this
/// object alone: no queue, task or timer; those exist while the socket is behind.
/// </summary>
internal sealed class Outbox(ISessionSocket socket, OutboxPolicy policy)
{
    private readonly Lock _gate = new();
    private List<OutgoingMessage>? _waiting;
    private ITimer? _closeTimer;
    private int _waitingBytes;
    private State _state;

    private enum State : byte
    {
        /// <summary>The socket takes more; nothing waits.</summary>
        Idle,

        /// <summary>A write is under way; what comes now waits.</summary>
        Writing,

        /// <summary>A write is under way; after it goes the goodbye, and no more.</summary>
        Closing,

        /// <summary>The goodbye went, and the peer is to go; or the connection is gone. Nothing is written any more.</summary>
        Closed,
    }

    /// <summary>Sends the message now if the socket is free, else as soon as it is. Safe from any thread; order is the order of the calls.</summary>
    public void Deliver(OutgoingMessage message)
    {
        lock (_gate)
        {
            if (_state != State.Idle)
            {
                Wait(message);
                return;
            }

            _state = State.Writing;
        }

        Write(new ReadOnlySpan<OutgoingMessage>(ref message));
    }

    /// <summary>Drops what waits, says goodbye as soon as the socket takes it, and lets the peer go; whoever has not after the timeout is cut. Idempotent.</summary>
    public void Close(ClosingMessage goodbye)
    {
        lock (_gate)
        {
            var wasIdle = _state == State.Idle;
            BeginClose(goodbye);
            if (!wasIdle)
                return;
        }

        WriteWaiting();
    }

    /// <summary>The connection is gone.</summary>
    public void End()
    {
        lock (_gate)
            EndLocked();
    }

    private void Wait(OutgoingMessage message)
    {
        if (_state != State.Writing)
            return;
        _waiting ??= [];
        if (!TryReplace(message))
        {
            _waiting.Add(message);
            _waitingBytes += message.BytesEstimate;
        }

        // After a replacement too: with ever more keys a conflated message grows.
        if (_waiting.Count <= policy.MessagesMax && _waitingBytes <= policy.BytesMax)
            return;
        policy.Meters.SlowConsumerClosed();
        BeginClose(policy.SlowConsumer);
    }

    private bool TryReplace(OutgoingMessage message)
    {
        for (var i = 0; i < _waiting!.Count; i++)
        {
            if (message.Replacing(_waiting[i]) is not { } both)
                continue;
            _waitingBytes += both.BytesEstimate - _waiting[i].BytesEstimate;
            _waiting[i] = both;
            policy.Meters.Conflated();
            return true;
        }

        return false;
    }

    private void BeginClose(ClosingMessage goodbye)
    {
        if (_state >= State.Closing)
            return;
        _state = State.Closing;
        _waiting = [goodbye];
        _waitingBytes = goodbye.BytesEstimate;
        _closeTimer = policy.Time.CreateTimer(static outbox => ((Outbox)outbox!).CutSocket(), this, policy.CloseTimeout, Timeout.InfiniteTimeSpan);
    }

    private void Write(ReadOnlySpan<OutgoingMessage> messages)
    {
        var write = socket.WriteAsync(messages);
        if (write.IsCompletedSuccessfully)
            WriteWaiting();
        else
            _ = WriteWaitingAfterAsync(write);
    }

    private void WriteWaiting()
    {
        while (TryTake(out var messages))
        {
            var write = socket.WriteAsync(CollectionsMarshal.AsSpan(messages));
            if (write.IsCompletedSuccessfully)
                continue;
            _ = WriteWaitingAfterAsync(write);
            return;
        }
    }

    private async Task WriteWaitingAfterAsync(ValueTask write)
    {
        try
        {
            await write;
        }
        catch (Exception)
        {
            // The socket's own business: it is cut, and the session ends with it.
            CutSocket();
            return;
        }

        WriteWaiting();
    }

    /// <summary>Takes what goes into the next write. Without anything to write the outbox is idle again, or, after the goodbye, done.</summary>
    private bool TryTake([NotNullWhen(true)] out List<OutgoingMessage>? messages)
    {
        messages = null;
        lock (_gate)
        {
            if (_waiting is { } waiting && _state != State.Closed)
            {
                messages = TakeSome(waiting);
                return true;
            }

            if (_state == State.Writing)
                _state = State.Idle;
            if (_state != State.Closing)
                return false;

            // The timer goes on: it cuts a peer that does not go.
            _state = State.Closed;
        }

        socket.Close();
        return false;
    }

    private List<OutgoingMessage> TakeSome(List<OutgoingMessage> waiting)
    {
        var count = 0;
        for (var bytes = 0; count < waiting.Count && (count == 0 || bytes + waiting[count].BytesEstimate <= OutboxPolicy.WriteBytesMax); count++)
            bytes += waiting[count].BytesEstimate;
        if (count == waiting.Count)
        {
            _waiting = null;
            _waitingBytes = 0;
            return waiting;
        }

        var taken = waiting.GetRange(0, count);
        waiting.RemoveRange(0, count);
        foreach (var message in taken)
            _waitingBytes -= message.BytesEstimate;
        return taken;
    }

    private void CutSocket()
    {
        End();
        socket.Cut();
    }

    private void EndLocked()
    {
        _state = State.Closed;
        _waiting = null;
        _waitingBytes = 0;
        _closeTimer?.Dispose();
        _closeTimer = null;
    }
}
