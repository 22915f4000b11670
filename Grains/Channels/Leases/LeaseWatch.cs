using WhatsSound.Playback;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// Wakes the channels of a silo whose leases are over. A lease that stands at a lane counts again with each renewal of the lane: it is found here to go on, all those of a lane at once, and costs its channel no turn. Bounded by the
/// leases; one that is given up before its end is forgotten at it. Safe from any thread.
/// </summary>
internal sealed class LeaseWatch : IDisposable
{
    /// <summary>After how long a channel that has not come is woken again.</summary>
    private const int WakeAgainMs = 1_000;

    private readonly Lock _gate = new();
    private readonly IRoomClock _clock;
    private readonly ITimer _timer;
    private readonly PriorityQueue<HeldLease, long> _byEnd = new();
    private long _dueMs = long.MaxValue;

    public LeaseWatch(IRoomClock clock, TimeProvider time)
    {
        _clock = clock;
        _timer = time.CreateTimer(static watch => ((LeaseWatch)watch!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Its channel is woken when it is over. Doing it again does nothing.</summary>
    public void Add(HeldLease lease)
    {
        lock (_gate)
        {
            if (lease.IsWatched)
                return;
            lease.IsWatched = true;
            _byEnd.Enqueue(lease, lease.EndMs);
            SetTimer(_clock.NowMs);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        List<HeldLease> ended = [];
        lock (_gate)
        {
            _dueMs = long.MaxValue;
            var nowMs = _clock.NowMs;
            while (_byEnd.TryPeek(out _, out var endMs) && endMs <= nowMs)
            {
                var lease = _byEnd.Dequeue();
                if (lease.IsOver)
                    continue;
                var goesOnUntilMs = lease.EndMs;
                if (goesOnUntilMs > nowMs)
                {
                    _byEnd.Enqueue(lease, goesOnUntilMs);
                    continue;
                }

                // Until its channel has come: a grain's timer may forget a call from outside that meets the end of its own tick.
                ended.Add(lease);
                _byEnd.Enqueue(lease, nowMs + WakeAgainMs);
            }

            SetTimer(nowMs);
        }

        foreach (var lease in ended)
            lease.Wake();
    }

    private void SetTimer(long nowMs)
    {
        if (!_byEnd.TryPeek(out _, out var endMs) || endMs >= _dueMs)
            return;
        _dueMs = endMs;
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, endMs - nowMs)), Timeout.InfiniteTimeSpan);
    }
}
