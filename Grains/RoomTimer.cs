namespace WhatsSound.Grains;

/// <summary>A grain timer that fires once each time it is set. Its turn never overlaps another one of the grain, unless it interleaves, and never one of its own.</summary>
internal sealed class RoomTimer(IGrainBase grain, Func<Task> callback, bool interleaves = false)
{
    private IGrainTimer? _timer;

    public bool IsSet { get; private set; }

    public void Set(TimeSpan due)
    {
        IsSet = true;
        _timer ??= grain.RegisterGrainTimer(_ => FireAsync(), new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = interleaves });
        _timer.Change(due < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : due, Timeout.InfiniteTimeSpan);
    }

    public void Clear()
    {
        IsSet = false;
        _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private Task FireAsync()
    {
        IsSet = false;
        return callback();
    }
}
