namespace WhatsSound.Playback;

/// <summary>
/// Room time: monotonic, anchored to UTC when the process started. Every position and every time that a client sees comes from it.
/// </summary>
public interface IRoomClock
{
    /// <summary>Room time in Unix milliseconds; never goes back within an epoch.</summary>
    long NowMs { get; }

    /// <summary>Room time in Unix microseconds, for clock probes.</summary>
    long NowUs { get; }
}
