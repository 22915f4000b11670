namespace WhatsSound.Limits;

/// <summary>The time that rate limits of a process go by: it never goes back.</summary>
public static class BucketTime
{
    /// <summary>Ticks of 100 ns, from some start.</summary>
    public static long MonotonicTicks(this TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return time.GetElapsedTime(0, time.GetTimestamp()).Ticks;
    }
}
