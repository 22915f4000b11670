namespace WhatsSound.Grains.Hooks;

/// <summary>When a receiver that did not take something is tried again, and what is given up.</summary>
internal static class HookRetryRules
{
    /// <summary>How long to wait after so many failures in a row.</summary>
    public static TimeSpan DelayAfter(int failures, TimeSpan first, TimeSpan max)
    {
        var delay = first * Math.Pow(2, Math.Clamp(failures - 1, 0, 30));
        return delay < max ? delay : max;
    }

    /// <summary>Events of before this time were tried for long enough; null: none was, whatever their age. The time in which no silo was there to try does not count.</summary>
    public static DateTimeOffset? GivenUpBefore(DateTimeOffset failingSince, DateTimeOffset now, TimeSpan giveUpAfter) =>
        now - failingSince >= giveUpAfter ? now - giveUpAfter : null;
}
