using Microsoft.Extensions.Time.Testing;

namespace WhatsSound.Tests.Shared;

/// <summary>A fake clock that a test can await: it knows how many timers the code under test has armed.</summary>
public sealed class CountingTime : FakeTimeProvider
{
    private readonly Lock _gate = new();
    private readonly HashSet<CountedTimer> _armed = [];
    private TaskCompletionSource _changed = NewSignal();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new CountedTimer(this, callback, state);
        timer.Start(base.CreateTimer(static timer => ((CountedTimer)timer!).Fire(), timer, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Done when this many timers wait: what runs on other threads has come to its next delay.</summary>
    public async Task UntilTimersAsync(int count)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (_armed.Count == count)
                    return;
                next = _changed.Task;
            }

            await next.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal()
    {
        _changed.SetResult();
        _changed = NewSignal();
    }

    private sealed class CountedTimer(CountingTime time, TimerCallback callback, object? state) : ITimer
    {
        private ITimer _timer = null!;
        private TimeSpan _period;
        private int _firings;

        public void Start(ITimer timer) => _timer = timer;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            int firings;
            lock (time._gate)
            {
                _period = period;
                firings = _firings;
            }

            // Counted only once the clock knows it: who awaits the count then advances.
            var isChanged = _timer.Change(dueTime, period);
            lock (time._gate)
            {
                var isArmed = dueTime != Timeout.InfiniteTimeSpan && (firings == _firings || period > TimeSpan.Zero);
                _ = isArmed ? time._armed.Add(this) : time._armed.Remove(this);
                time.Signal();
            }

            return isChanged;
        }

        public void Fire()
        {
            lock (time._gate)
            {
                _firings++;
                if (_period <= TimeSpan.Zero)
                    time._armed.Remove(this);
                time.Signal();
            }

            callback(state);
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                time._armed.Remove(this);
                time.Signal();
            }

            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
