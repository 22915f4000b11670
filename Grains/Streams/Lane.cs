using WhatsSound.Channels;
using WhatsSound.Streams;

namespace WhatsSound.Grains.Streams;

/// <summary>
/// The way of all frames from this silo to one gateway, in order, one batch in flight; what comes meanwhile goes together in the next. A batch that is not
/// answered, and an overflow, skip a number, which tells the gateway to recover. A lane that fails repeatedly gives its gateway up.
/// </summary>
internal sealed class Lane(Guid gatewayId, ILaneReceiver receiver, Guid laneId, LaneContext context)
{
    private readonly Lock _gate = new();
    private readonly LaneQueue _queue = new(context.Options.QueueFramesMax, context.Options.QueueBytesMax);
    private long _sequence;
    private int _failures;
    private bool _isPumping;
    private bool _isSkipUntold;
    private bool _isClosed;

    public Guid GatewayId => gatewayId;

    /// <summary>How many streams use the lane; the hub counts under its own lock.</summary>
    public int StreamCount { get; set; }

    /// <summary>Whether batches go to this receiver, rather than to one of an earlier connection of the same gateway.</summary>
    public bool IsTo(ILaneReceiver other) => receiver.Equals(other);

    /// <summary>Queues a frame. Never waits; safe from any thread.</summary>
    public void Enqueue(ChannelFrame frame, int bytes)
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            var dropped = _queue.Enqueue(frame, bytes);
            context.Instruments.Queued(1 - dropped);
            if (dropped > 0)
                Skip(dropped);
            if (_isPumping)
                return;
            _isPumping = true;
        }

        context.Start(this);
    }

    /// <summary>Nothing is sent any more, beyond a batch that is in flight.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            context.Instruments.Queued(-_queue.Count);
            _queue.Clear();
        }
    }

    /// <summary>Sends until nothing is left. Started by the first frame that finds the lane idle, so an idle lane costs nothing.</summary>
    public async Task PumpAsync()
    {
        while (TakeBatch() is { } batch)
        {
            if (await TrySendAsync(batch))
                _failures = 0;
            else if (!await GoOnAfterFailureAsync())
                return;
        }
    }

    private LaneBatch? TakeBatch()
    {
        lock (_gate)
        {
            if (_isClosed || (_queue.Count == 0 && !_isSkipUntold))
            {
                _isPumping = false;
                return null;
            }

            var frames = _queue.Take(context.Options.BatchBytesMax);
            context.Instruments.Queued(-frames.Length);
            _isSkipUntold = false;
            return new() { LaneId = laneId, Sequence = ++_sequence, Frames = frames };
        }
    }

    private async Task<bool> TrySendAsync(LaneBatch batch)
    {
        try
        {
            await receiver.DeliverAsync(batch).WaitAsync(context.Options.AnswerTimeout, context.Time, context.Stopping);
            return true;
        }
        catch (OperationCanceledException) when (context.Stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            // Whatever became of the gateway, the lane's answer is the same: skip, try again, give up in the end.
            context.LogBatchFailed(exception, gatewayId, batch.Sequence);
            return false;
        }
    }

    private async Task<bool> GoOnAfterFailureAsync()
    {
        lock (_gate)
            Skip(droppedFrames: 0);
        if (context.Stopping.IsCancellationRequested || ++_failures >= context.Options.FailuresMax)
        {
            context.GiveUp(this);
            return false;
        }

        await Task.Delay(context.Options.RetryPause, context.Time, CancellationToken.None);
        return true;
    }

    private void Skip(int droppedFrames)
    {
        _sequence++;
        _isSkipUntold = true;
        context.Instruments.Reset();
        if (droppedFrames > 0)
            context.LogOverflow(gatewayId, droppedFrames);
    }
}
