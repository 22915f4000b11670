namespace WhatsSound.Settings;

/// <summary>How a time is written in the configuration.</summary>
public static class TimeText
{
    /// <summary>The parts of it.</summary>
    public const string Format = "[days.]hours:minutes:seconds";

    /// <summary>What somebody may have misunderstood who wrote a time that is out of its bounds, as a sentence with a space before it; nothing, if it is below a day.</summary>
    public static string Hint(TimeSpan written) =>
        written >= TimeSpan.FromDays(1) ? $" A time is written {Format}: 5 is 5 days, 24:00:00 is 24 days, one day is 1.00:00:00 and 5 seconds are 00:00:05." : "";
}
