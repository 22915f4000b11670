namespace WhatsSound.Gateway.Delivery;

/// <summary>
/// When renewals come: a round over everything at each interval, and before that one over what is due, as a renewal failed or its lane is gone. A silo that dies takes its lanes with it, and what is
/// published in its channels reaches nobody here until they are asked again.
/// </summary>
internal sealed class RenewalPace(TimeSpan interval, TimeProvider time)
{
    private static readonly TimeSpan OneTick = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private TaskCompletionSource _sooner = NewSignal();
    private long? _wholeAt;
    private long? _dueAt;

    /// <summary>Something is due after this time. Safe from any thread.</summary>
    public void Soon(TimeSpan pause)
    {
        var dueAt = After(pause);
        lock (_gate)
        {
            if (_dueAt <= dueAt)
                return;
            _dueAt = dueAt;
            _sooner.TrySetResult();
        }
    }

    /// <summary>Waits for the next round; whether it is over everything. One caller at a time.</summary>
    public async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan wait;
            Task sooner;
            lock (_gate)
            {
                var now = time.GetTimestamp();
                _wholeAt ??= After(interval);
                if (_wholeAt <= now)
                {
                    _wholeAt = After(interval);
                    _dueAt = null;
                    return true;
                }

                if (_dueAt <= now)
                {
                    _dueAt = null;
                    return false;
                }

                _sooner = NewSignal();
                sooner = _sooner.Task;
                // Timers count milliseconds: less than one of them would end at once, again and again.
                wait = time.GetElapsedTime(now, _dueAt is { } dueAt ? Math.Min(dueAt, _wholeAt.Value) : _wholeAt.Value) + OneTick;
            }

            await sooner.WaitAsync(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private long After(TimeSpan pause) => time.GetTimestamp() + (long)(pause.TotalSeconds * time.TimestampFrequency);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
