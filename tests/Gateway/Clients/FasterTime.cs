namespace WhatsSound.Tests.Gateway.Clients;

/// <summary>Time that passes several times as fast: limits of ten seconds are tried in two, over sockets that are real. Knows which timers are left.</summary>
internal sealed class FasterTime(int factor) : TimeProvider
{
    private int _timers;

    /// <summary>How many timers have been made and not disposed of.</summary>
    public int Timers => Volatile.Read(ref _timers);

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => System.GetTimestamp() * factor;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _timers);
        return new Timer(this, System.CreateTimer(callback, state, Shorter(dueTime), Shorter(period)));
    }

    private TimeSpan Shorter(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / factor;

    private sealed class Timer(FasterTime time, ITimer inner) : ITimer
    {
        private int _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(time.Shorter(dueTime), time.Shorter(period));

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
                Interlocked.Decrement(ref time._timers);
            inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
