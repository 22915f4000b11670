using Microsoft.Extensions.Time.Testing;

namespace WhatsSound.Tests.Simulation.Sync;

/// <summary>The true time: what devices do is at exact times; the timers of grains and gateways, which all look at once, go off every 50 ms.</summary>
internal sealed class TrueTime : TimeProvider
{
    public const double TickMs = 50;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _timers = new(Start);
    private long _ticks;

    /// <summary>Milliseconds since the start.</summary>
    public double NowMs => (double)Volatile.Read(ref _ticks) / TimeSpan.TicksPerMillisecond;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>It is that late now, and no timer goes off.</summary>
    public void MoveTo(double ms) => Volatile.Write(ref _ticks, Math.Max(_ticks, (long)(ms * TimeSpan.TicksPerMillisecond)));

    /// <summary>It is that late now, and timers that are due go off.</summary>
    public void TickAt(double ms)
    {
        MoveTo(ms);
        _timers.SetUtcNow(GetUtcNow());
    }

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(Volatile.Read(ref _ticks));

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _timers.CreateTimer(callback, state, dueTime, period);
}
