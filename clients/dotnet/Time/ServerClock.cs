namespace WhatsSound.Client;

/// <summary>The server's clock as this client knows it: local monotonic time plus the estimated offset. Safe for all threads.</summary>
public sealed class ServerClock
{
    private readonly Lock _gate = new();
    private readonly ClockEstimator _estimator = new();
    private readonly TimeProvider _time;
    private readonly long _origin;

    internal ServerClock(TimeProvider time)
    {
        _time = time;
        _origin = time.GetTimestamp();
    }

    /// <summary>Whether one probe at least was answered.</summary>
    public bool IsSet
    {
        get
        {
            lock (_gate)
                return _estimator.Count > 0;
        }
    }

    /// <summary>The least round trip in milliseconds that the estimate stands on, which errs by at most half of it; infinite until set.</summary>
    public double LeastDelayMs
    {
        get
        {
            lock (_gate)
                return _estimator.LeastDelayMs;
        }
    }

    /// <summary>Local monotonic time in milliseconds.</summary>
    internal double LocalMs => _time.GetElapsedTime(_origin).TotalMilliseconds;

    /// <summary>Server time now, in Unix milliseconds with a fraction; NaN until set.</summary>
    public double NowMs()
    {
        lock (_gate)
        {
            var local = LocalMs;
            return _estimator.Count > 0 ? local + _estimator.OffsetAt(local) : double.NaN;
        }
    }

    /// <summary>Takes an answered probe. True if a step of a clock was found, so positions should be computed anew.</summary>
    internal bool Add(Probe probe)
    {
        lock (_gate)
            return _estimator.Add(probe);
    }
}
