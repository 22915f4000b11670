namespace WhatsSound.Grains.Rooms;

/// <summary>A grain timer that fires once each time it is set. Its turn never overlaps another one of the room.</summary>
internal sealed class RoomTimer
{
    private readonly IGrainTimer _timer;

    public RoomTimer(IGrainBase grain, Func<Task> callback) =>
        _timer = grain.RegisterGrainTimer(_ => FireAsync(callback), new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));

    public bool IsSet { get; private set; }

    public void Set(TimeSpan due)
    {
        IsSet = true;
        _timer.Change(due < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : due, Timeout.InfiniteTimeSpan);
    }

    public void Clear()
    {
        IsSet = false;
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private Task FireAsync(Func<Task> callback)
    {
        IsSet = false;
        return callback();
    }
}
