using WhatsSound.Publications;
using WhatsSound.Streams;

namespace WhatsSound.Grains.Streams;

/// <summary>
/// The way of all frames from this silo to one gateway, in order, one batch in flight; what comes meanwhile goes together in the next. A batch that is not
/// answered, and an overflow, skip a number, which tells the gateway to recover, and the batch after says how far the channels had come whose frames are lost. A lane that fails repeatedly gives its gateway up. Its pump runs on the hub's
/// scheduler, outside of any grain's turns: it waits for gateways, and a grain must not.
/// </summary>
internal sealed class Lane(LaneAttachment attachment, Guid laneId, LaneHub hub)
{
    private readonly Lock _gate = new();
    private readonly LaneQueue _queue = new(hub.Options.QueueFramesMax, hub.Options.QueueBytesMax);
    private readonly LostFrames _lost = new();
    private long _sequence;
    private int _failures;
    private bool _isPumping;
    private bool _isSkipUntold;
    private bool _isEnding;
    private bool _isClosed;

    public Guid Id => laneId;

    public LaneAttachment Attachment => attachment;

    public Guid GatewayId => attachment.GatewayId;

    /// <summary>The gateway's renewals that count again as often as it renews the lane.</summary>
    public StandingRenewals Standing { get; } = new();

    /// <summary>Done when all that was queued is sent or given up, unless more is queued later.</summary>
    public Task Pumping { get; private set; } = Task.CompletedTask;

    /// <summary>How many streams use the lane; the hub counts under its own lock.</summary>
    public int StreamCount { get; set; }

    /// <summary>Whether batches go to this receiver, rather than to one of an earlier connection of the same gateway.</summary>
    public bool IsTo(ILaneReceiver other) => attachment.Receiver.Equals(other);

    /// <summary>Queues a frame. Never waits; safe from any thread.</summary>
    public void Enqueue(ChannelFrame frame, int bytes)
    {
        lock (_gate)
        {
            if (_isClosed || _isEnding)
                return;
            var dropped = _queue.Enqueue(frame, bytes);
            hub.Instruments.Queued(1 - dropped.Count);
            if (dropped.Count > 0)
            {
                Skip(dropped);
                hub.LogOverflow(GatewayId, dropped.Count);
            }

            if (_isPumping)
                return;
            _isPumping = true;
            Pumping = hub.Start(PumpAsync);
        }
    }

    /// <summary>Takes no more frames, and goes on until what is queued is sent. Whether nothing is left to do.</summary>
    public bool TryEnd()
    {
        Standing.Close();
        lock (_gate)
        {
            _isEnding = true;
            return !_isPumping;
        }
    }

    /// <summary>Nothing is sent any more, beyond a batch that is in flight.</summary>
    public void Close()
    {
        Standing.Close();
        lock (_gate)
        {
            _isClosed = true;
            hub.Instruments.Queued(-_queue.Count);
            _queue.Clear();
        }
    }

    /// <summary>Sends until nothing is left. Started by the first frame that finds the lane idle, so an idle lane costs nothing.</summary>
    private async Task PumpAsync()
    {
        while (TakeBatch() is { } batch)
        {
            if (await TrySendAsync(batch))
                _failures = 0;
            else if (!await GoOnAfterFailureAsync(batch))
                return;
        }

        if (_isEnding)
            hub.Ended(this);
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

            var frames = _queue.Take(hub.Options.BatchBytesMax);
            hub.Instruments.Queued(-frames.Length);
            _isSkipUntold = false;
            return new() { LaneId = laneId, Sequence = ++_sequence, Frames = _lost.TakeBefore(frames) };
        }
    }

    private async Task<bool> TrySendAsync(LaneBatch batch)
    {
        try
        {
            await attachment.Receiver.DeliverAsync(batch).WaitAsync(hub.Options.AnswerTimeout, hub.Time, hub.Stopping);
            return true;
        }
        catch (OperationCanceledException) when (hub.Stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            // Whatever became of the gateway, the lane's answer is the same: skip, try again, give up in the end.
            hub.LogBatchFailed(exception, GatewayId, batch.Sequence);
            return false;
        }
    }

    private async Task<bool> GoOnAfterFailureAsync(LaneBatch batch)
    {
        lock (_gate)
            Skip(batch.Frames);
        if (hub.Stopping.IsCancellationRequested || ++_failures >= hub.Options.FailuresMax)
        {
            hub.GiveUp(this);
            return false;
        }

        await Task.Delay(hub.Options.RetryPause, hub.Time, CancellationToken.None);
        return true;
    }

    private void Skip(IReadOnlyCollection<ChannelFrame> lost)
    {
        _sequence++;
        _isSkipUntold = true;
        _lost.Add(lost);
        hub.Instruments.Reset();
    }
}
