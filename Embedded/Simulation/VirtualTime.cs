using System.Globalization;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Simulation;

/// <summary>A clock that stands still while anything can run, and jumps to the next timer when nothing can.</summary>
internal sealed class VirtualTime(DateTimeOffset start, TurnPump pump) : TimeProvider
{
    private readonly PriorityQueue<(VirtualTimer Timer, int Version), (long Due, long Order)> waiting = new();
    private readonly List<VirtualTimer> due = [];
    private readonly TurnScheduler callbacks = new(pump, "timers");
    private long ticks;
    private long order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public int DueCount => due.Count;

    public override DateTimeOffset GetUtcNow() => start.AddTicks(ticks);

    public override long GetTimestamp() => ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>False if no timer is waiting.</summary>
    public bool MoveToNext()
    {
        while (waiting.TryDequeue(out var next, out var when))
        {
            if (next.Version != next.Timer.Version) continue;
            ticks = Math.Max(ticks, when.Due);
            due.Add(next.Timer);
            MoveThoseDueNow();
            return true;
        }

        return false;
    }

    /// <summary>Lets one of the timers that are due run, as a turn, so that what it starts and awaits stays in the simulation; says when it was.</summary>
    public string Fire(int index)
    {
        var timer = due[index];
        due.RemoveAt(index);
        timer.Fire();
        return ticks.ToString(CultureInfo.InvariantCulture);
    }

    private void Wait(VirtualTimer timer, TimeSpan delay) => waiting.Enqueue((timer, timer.Version), (ticks + delay.Ticks, order++));

    private void MoveThoseDueNow()
    {
        while (waiting.TryPeek(out var next, out var when) && when.Due <= ticks)
        {
            waiting.Dequeue();
            if (next.Version == next.Timer.Version) due.Add(next.Timer);
        }
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private readonly TimerCallback callback = callback;
        private readonly object? state = state;
        private TimeSpan period;

        /// <summary>Counts the changes, so that what was waiting for an older setting is ignored.</summary>
        public int Version { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Cancel();
            this.period = period;
            if (dueTime != Timeout.InfiniteTimeSpan) time.Wait(this, dueTime);
            return true;
        }

        public void Fire()
        {
            if (period != Timeout.InfiniteTimeSpan && period > TimeSpan.Zero) time.Wait(this, period);
            time.callbacks.Start(static fired => ((Firing)fired!).Run(), new Firing(this, Version));
        }

        public void Dispose()
        {
            Cancel();
            period = Timeout.InfiniteTimeSpan;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Cancel()
        {
            Version++;
            time.due.Remove(this);
        }

        /// <summary>Does nothing if the timer was changed or disposed since it fired.</summary>
        private sealed class Firing(VirtualTimer timer, int version)
        {
            public void Run()
            {
                if (timer.Version == version) timer.callback(timer.state);
            }
        }
    }
}
