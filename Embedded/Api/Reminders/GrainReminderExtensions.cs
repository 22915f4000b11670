using Orleans.Runtime;
using WhatsSound.Embedded.Reminders;

namespace Orleans;

public static class GrainReminderExtensions
{
    /// <summary>Makes a durable reminder, or changes the one of that name.</summary>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period)
        => RegisterOrUpdateReminder((IGrainBase)grain, reminderName, dueTime, period);

    public static Task<IGrainReminder> RegisterOrUpdateReminder(this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period)
        => ReminderService.Of(grain).RegisterOrUpdateAsync(grain.GrainContext.GrainId, reminderName, dueTime, period);

    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) => UnregisterReminder((IGrainBase)grain, reminder);

    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder)
        => ReminderService.Of(grain).UnregisterAsync(grain.GrainContext.GrainId, reminder);

    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) => GetReminder((IGrainBase)grain, reminderName);

    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName)
        => ReminderService.Of(grain).GetAsync(grain.GrainContext.GrainId, reminderName);

    public static Task<List<IGrainReminder>> GetReminders(this Grain grain) => GetReminders((IGrainBase)grain);

    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) => ReminderService.Of(grain).GetAllAsync(grain.GrainContext.GrainId);
}
