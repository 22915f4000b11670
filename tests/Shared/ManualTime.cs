namespace WhatsSound.Tests.Shared;

/// <summary>A clock that moves only when a test moves it; timers that come due on the way fire in order, on the test's thread.</summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private TaskCompletionSource changed = NewSignal();
    private DateTimeOffset now = start;

    public ManualTime()
        : this(new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public long NowMs => GetUtcNow().ToUnixTimeMilliseconds();

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan span)
    {
        var end = GetUtcNow() + span;
        while (TakeNextDue(end) is { } timer) timer.Fire();
        lock (gate) now = end;
    }

    /// <summary>Done when this many timers wait: what runs on other threads has come to its next delay.</summary>
    public async Task UntilTimersAsync(int count)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (timers.Count == count) return;
                next = changed.Task;
            }

            await next.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ManualTimer? TakeNextDue(DateTimeOffset end)
    {
        lock (gate)
        {
            var next = timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next is null) return null;
            if (next.Due > now) now = next.Due.Value;
            next.Rearm();
            return next;
        }
    }

    private void Signal()
    {
        changed.SetResult();
        changed = NewSignal();
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;

        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                this.period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : time.now + dueTime;
                time.timers.Remove(this);
                if (Due is not null) time.timers.Add(this);
                time.Signal();
                return true;
            }
        }

        public void Rearm()
        {
            if (period > TimeSpan.Zero) Due += period;
            else time.timers.Remove(this);
            time.Signal();
        }

        public void Fire() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
