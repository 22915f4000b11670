namespace Orleans.Hosting;

public sealed class ReminderOptions
{
    /// <summary>The shortest period that a reminder may have.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);
}
