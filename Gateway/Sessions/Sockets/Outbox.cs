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
    private TaskCompletionSource? _answersGone;
    private int _waitingBytes;
    private int _answers;
    private int _answerBytes;
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

    /// <summary>
    /// Done while few enough answers wait that the next request may be carried out. An answer is never dropped for another: as long as too many wait, nothing
    /// more is asked.
    /// </summary>
    public Task WhenAnswersGoAsync()
    {
        lock (_gate)
        {
            if (HasRoomForAnswers)
                return Task.CompletedTask;
            _answersGone ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _answersGone.Task;
        }
    }

    /// <summary>What the connection was told when it was closed from here; null: nothing.</summary>
    public ClosingMessage? Goodbye { get; private set; }

    /// <summary>The first message of a channel that waits; null: none does.</summary>
    public OutgoingMessage? FirstOf(string channel)
    {
        lock (_gate)
            return _waiting?.Find(message => string.Equals(message.Channel, channel, StringComparison.Ordinal));
    }

    /// <summary>Drops what waits of a channel: the peer has asked for something that makes it stale.</summary>
    public void Forget(string channel)
    {
        lock (_gate)
        {
            for (var i = (_waiting?.Count ?? 0) - 1; i >= 0; i--)
            {
                if (!string.Equals(_waiting![i].Channel, channel, StringComparison.Ordinal))
                    continue;
                Count(_waiting[i], -1);
                _waiting.RemoveAt(i);
            }

            if (_waiting is { Count: 0 })
                _waiting = null;
        }
    }

    /// <summary>Drops what waits, says goodbye as soon as the socket takes it, and lets the peer go; whoever has not after the timeout is cut. Idempotent.</summary>
    /// <param name="goodbye">What the peer is told.</param>
    /// <param name="cutAfter">The timeout; null: that of the policy.</param>
    public void Close(ClosingMessage goodbye, TimeSpan? cutAfter = null)
    {
        lock (_gate)
        {
            var wasIdle = _state == State.Idle;
            BeginClose(goodbye, cutAfter);
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

    /// <summary>Ends the connection without a word.</summary>
    public void Cut()
    {
        End();
        socket.Cut();
    }

    private void Wait(OutgoingMessage message)
    {
        if (_state != State.Writing)
            return;
        _waiting ??= [];
        if (!TryReplace(message))
        {
            _waiting.Add(message);
            Count(message, 1);
        }

        // After a replacement too: with ever more keys a conflated message grows.
        if (_waiting.Count - _answers <= policy.MessagesMax && _waitingBytes - _answerBytes <= policy.BytesMax)
            return;
        policy.Meters.SlowConsumerClosed();
        BeginClose(policy.SlowConsumer());
    }

    private bool TryReplace(OutgoingMessage message)
    {
        // Only the newest of its channel: what came after an older one, such as the news of a loss, is not to be overtaken.
        if (message.Channel is not { } channel)
            return false;
        var i = _waiting!.FindLastIndex(one => string.Equals(one.Channel, channel, StringComparison.Ordinal));
        if (i < 0 || message.Replacing(_waiting[i]) is not { } both)
            return false;
        _waitingBytes += both.BytesEstimate - _waiting[i].BytesEstimate;
        _waiting[i] = both;
        policy.Meters.Conflated();
        return true;
    }

    private void BeginClose(ClosingMessage goodbye, TimeSpan? cutAfter = null)
    {
        if (_state >= State.Closing)
            return;
        _state = State.Closing;
        Goodbye = goodbye;
        Drop();
        _waiting = [goodbye];
        Count(goodbye, 1);
        _closeTimer = policy.Time.CreateTimer(static outbox => ((Outbox)outbox!).Cut(), this, cutAfter ?? policy.CloseTimeout, Timeout.InfiniteTimeSpan);
    }

    private void Write(ReadOnlySpan<OutgoingMessage> messages)
    {
        var write = Begin(messages);
        if (write.IsCompletedSuccessfully)
            WriteWaiting();
        else
            _ = WriteWaitingAfterAsync(write);
    }

    /// <summary>Does not throw: whoever delivers has nothing to do with this socket. What is thrown here is a bug in the making of a message's bytes, and ends the connection as a failed write does.</summary>
    private ValueTask Begin(ReadOnlySpan<OutgoingMessage> messages)
    {
        try
        {
            return socket.WriteAsync(messages);
        }
        catch (Exception exception)
        {
            OutboxLog.WriteFailed(policy.Logger, exception);
            return ValueTask.FromException(exception);
        }
    }

    private void WriteWaiting()
    {
        while (TryTake(out var messages))
        {
            var write = Begin(CollectionsMarshal.AsSpan(messages));
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
            Cut();
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
            Drop();
            return waiting;
        }

        var taken = waiting.GetRange(0, count);
        waiting.RemoveRange(0, count);
        foreach (var message in taken)
            Count(message, -1);
        return taken;
    }

    private bool HasRoomForAnswers => _state >= State.Closing || (_answers < policy.AnswersMax && _answerBytes < policy.AnswerBytesMax);

    /// <summary>Counts a message that waits, or, with -1, waits no more.</summary>
    private void Count(OutgoingMessage message, int sign)
    {
        _waitingBytes += sign * message.BytesEstimate;
        if (message is not AnswerMessage)
            return;
        _answers += sign;
        _answerBytes += sign * message.BytesEstimate;
        LetRequestsGo();
    }

    private void Drop()
    {
        _waiting = null;
        (_waitingBytes, _answers, _answerBytes) = (0, 0, 0);
        LetRequestsGo();
    }

    private void LetRequestsGo()
    {
        if (_answersGone is null || !HasRoomForAnswers)
            return;
        _answersGone.SetResult();
        _answersGone = null;
    }

    private void EndLocked()
    {
        _state = State.Closed;
        Drop();
        _closeTimer?.Dispose();
        _closeTimer = null;
    }
}
