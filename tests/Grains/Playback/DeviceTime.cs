namespace WhatsSound.Tests.Grains.Playback;

/// <summary>The time of one machine, seen from the true one: some way ahead, and running a little too fast or too slow.</summary>
internal sealed class DeviceTime(TimeProvider trueTime, TimeSpan ahead, double driftPpm) : TimeProvider
{
    private readonly DateTimeOffset _start = trueTime.GetUtcNow();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _start + ahead + Passed();

    public override long GetTimestamp() => Passed().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => trueTime.CreateTimer(callback, state, dueTime, period);

    private TimeSpan Passed() => (trueTime.GetUtcNow() - _start) * (1 + (driftPpm / 1_000_000));
}
