namespace WhatsSound.Client;

/// <summary>When the server is asked for its time: 12 times at 60 ms, then once a second until 20 s, then every 5 s ± 0.5 s.</summary>
internal static class ProbeSchedule
{
    private const int BurstCount = 12;
    private const double BurstIntervalMs = 60;
    private const double SettlingMs = 20_000;
    private const double SettlingIntervalMs = 1_000;
    private const double SteadyIntervalMs = 5_000;
    private const double SteadyJitterMs = 500;

    /// <summary>How long to wait for the next probe.</summary>
    /// <param name="sent">How many were sent since the connection opened.</param>
    /// <param name="elapsedMs">How long ago it opened.</param>
    /// <param name="random">In [0, 1).</param>
    public static TimeSpan DelayOf(int sent, double elapsedMs, double random)
    {
        if (sent < BurstCount)
            return TimeSpan.FromMilliseconds(BurstIntervalMs);
        return TimeSpan.FromMilliseconds(elapsedMs < SettlingMs ? SettlingIntervalMs : SteadyIntervalMs + (random * 2 - 1) * SteadyJitterMs);
    }
}
