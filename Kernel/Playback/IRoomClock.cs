namespace WhatsSound.Playback;

/// <summary>
/// Room time: monotonic, anchored to UTC when the process started, and the same in all processes of a cluster. Every position and every time that a client sees
/// comes from it.
/// </summary>
public interface IRoomClock
{
    /// <summary>Room time in Unix milliseconds; never goes back once it is set.</summary>
    long NowMs { get; }

    /// <summary>Room time in Unix microseconds, for clock probes.</summary>
    long NowUs { get; }

    /// <summary>Done once it shows the time of the cluster.</summary>
    Task WhenSet => Task.CompletedTask;
}
