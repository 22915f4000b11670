namespace WhatsSound.Tests.Simulation.Sync;

/// <summary>What happens when, in true time.</summary>
internal sealed class SyncRun(SyncCluster cluster)
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Func<Task>, (double AtMs, long Order)> _events = new();
    private long _planned;

    public SyncCluster Cluster => cluster;

    public double NowMs => cluster.Time.NowMs;

    /// <summary>Has something done at a time, or now if that is over.</summary>
    public void At(double ms, Func<Task> what)
    {
        lock (_gate)
            _events.Enqueue(what, (ms, _planned++));
    }

    public async Task UntilAsync(double endMs)
    {
        for (var tickMs = (Math.Floor(NowMs / TrueTime.TickMs) + 1) * TrueTime.TickMs; tickMs <= endMs; tickMs += TrueTime.TickMs)
        {
            while (Next(tickMs) is { } next)
            {
                cluster.Time.MoveTo(next.AtMs);
                await next.What();
            }

            cluster.Time.TickAt(tickMs);
            await cluster.Still.RestAsync();
        }
    }

    private (double AtMs, Func<Task> What)? Next(double beforeMs)
    {
        lock (_gate)
        {
            if (!_events.TryPeek(out var what, out var when) || when.AtMs >= beforeMs)
                return null;
            _events.Dequeue();
            return (when.AtMs, what);
        }
    }
}
