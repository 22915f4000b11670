using Orleans.Runtime;

namespace WhatsSound.Embedded.Reminders;

/// <summary>A reminder as it is stored.</summary>
internal sealed record ReminderRow(GrainId GrainId, string Name, DateTime StartAt, TimeSpan Period, string ETag) : IGrainReminder
{
    public string ReminderName => Name;
}
