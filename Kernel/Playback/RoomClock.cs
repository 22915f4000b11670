namespace WhatsSound.Playback;

/// <summary>The room clock of one process: UTC read once, then the monotonic timestamp. NTP steps during a run do not move it.</summary>
public sealed class RoomClock : IRoomClock
{
    private readonly TimeProvider _time;
    private readonly long _startTimestamp;
    private readonly long _startUs;

    /// <summary>Anchors the clock now.</summary>
    public RoomClock(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _startTimestamp = time.GetTimestamp();
        _startUs = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    }

    /// <inheritdoc/>
    public long NowMs => NowUs / 1000;

    /// <inheritdoc/>
    public long NowUs => _startUs + (_time.GetElapsedTime(_startTimestamp).Ticks / TimeSpan.TicksPerMicrosecond);
}
