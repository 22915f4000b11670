namespace WhatsSound.Playback;

/// <summary>
/// The room clock of a process that is not alone: its own clock, and a correction. The first correction sets it; after that it never goes back: a clock that is ahead
/// runs slower until it is right, one that is behind by more than anybody hears jumps. How much faster or slower its machine's clock runs it learns by and by.
/// </summary>
public sealed class ClusterClock : IRoomClock
{
    /// <summary>20 ms: two listeners in one room hear an echo from about 30.</summary>
    public const long OffMaxUs = 20_000;

    /// <summary>How much of its pace it gives or takes to get right: a tenth, so that 300 ms are gone in 3 s.</summary>
    private const long SlewDivisor = 10;

    /// <summary>0.02 %: a quartz is right to within half of it. What differs by more is a step, or a slow answer.</summary>
    private const double DriftMax = 200e-6;

    /// <summary>How much of what one comparison says of the drift is believed: an answer's error of 0.1 ms moves it by 5 millionths.</summary>
    private const double DriftGain = 0.25;

    private readonly RoomClock _own;
    private readonly TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Correction _correction = new(0, 0, 0, 0);
    private volatile bool _isOff;

    /// <summary>Anchors its own clock now.</summary>
    public ClusterClock(TimeProvider time) => _own = new RoomClock(time);

    /// <inheritdoc/>
    public long NowMs => NowUs / 1000;

    /// <inheritdoc/>
    public long NowUs
    {
        get
        {
            var correction = _correction;
            var ownUs = _own.NowUs;
            return ownUs + correction.At(ownUs);
        }
    }

    /// <inheritdoc/>
    public Task WhenSet => _set.Task;

    /// <summary>Whether it was off by more than anybody hears when it was last compared, other than when it was set.</summary>
    public bool IsOff => _isOff;

    /// <summary>The cluster's time is ahead of this one by so much; behind it, if that is negative. One caller at a time.</summary>
    public void Follow(long aheadUs)
    {
        var ownUs = _own.NowUs;
        var nowUs = _correction.At(ownUs);
        var isStep = !_set.Task.IsCompleted || aheadUs > OffMaxUs;
        _correction = new(ownUs, isStep ? nowUs + aheadUs : nowUs, nowUs + aheadUs, _set.Task.IsCompleted ? DriftAfter(aheadUs, ownUs - _correction.SinceUs) : 0);
        _isOff = _set.Task.IsCompleted && Math.Abs(aheadUs) > OffMaxUs;
        _set.TrySetResult();
    }

    private double DriftAfter(long aheadUs, long passedUs)
    {
        var drift = _correction.Drift;
        return passedUs > 0 && Math.Abs(aheadUs) <= DriftMax * passedUs ? Math.Clamp(drift + DriftGain * aheadUs / passedUs, -DriftMax, DriftMax) : drift;
    }

    /// <summary>From one value to another, as the own clock goes on, and on with its drift.</summary>
    private sealed record Correction(long SinceUs, long FromUs, long ToUs, double Drift)
    {
        public long At(long ownUs)
        {
            var passedUs = Math.Max(0, ownUs - SinceUs);
            var most = passedUs / SlewDivisor;
            return FromUs + Math.Clamp(ToUs - FromUs, -most, most) + (long)(passedUs * Drift);
        }
    }
}
