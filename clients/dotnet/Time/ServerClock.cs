namespace WhatsSound.Client;

/// <summary>The server's clock as this client knows it: local monotonic time plus the estimated offset. Safe for all threads.</summary>
public sealed class ServerClock
{
    private readonly object _gate = new();
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

    /// <summary>
    /// The standard error of the estimate now, in milliseconds; infinite until set. Besides, it may be off by up to half of <see cref="LeastDelayMs"/> where the ways there and back
    /// differ, which nobody can see.
    /// </summary>
    public double ErrorMs
    {
        get
        {
            lock (_gate)
                return _estimator.SigmaAt(LocalMs);
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

    /// <summary>Takes an answered probe. Whether a step of a clock was found, so that positions should be computed anew; and whether the probe leaves that open.</summary>
    internal (bool IsStep, bool IsSuspect) Add(Probe probe)
    {
        lock (_gate)
            return (_estimator.Add(probe), _estimator.IsSuspect);
    }
}
