namespace WhatsSound.Client;

/// <summary>Where a sample says that the offset is, and how far off that may be, in milliseconds.</summary>
internal readonly record struct ClockRange(double Offset, double Half)
{
    /// <summary>Whether both can be of one step.</summary>
    public bool IsLike(ClockRange other, double slackMs) => Math.Abs(Offset - other.Offset) <= Half + other.Half + 2 * slackMs;
}
