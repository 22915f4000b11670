using Orleans.Runtime;

namespace WhatsSound.Embedded.Reminders;

/// <summary>Where reminders are kept.</summary>
internal interface IReminderTable
{
    Task OpenAsync();

    Task<List<ReminderRow>> ReadAllAsync();

    Task<List<ReminderRow>> ReadAsync(GrainId grainId);

    /// <summary>Adds or replaces; returns the row with its new ETag.</summary>
    Task<ReminderRow> UpsertAsync(ReminderRow row);

    /// <summary>False if the row is gone or has another ETag.</summary>
    Task<bool> DeleteAsync(ReminderRow row);
}
