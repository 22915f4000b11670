using Orleans;
using Orleans.Runtime;
namespace WhatsSound.Embedded.Reminders;
internal interface IReminderTable;
internal sealed class MemoryReminderTable : IReminderTable;
internal sealed class AdoNetReminderTable : IReminderTable;
internal sealed class ReminderService
{
    public static ReminderService Of(IGrainBase grain) => throw new NotSupportedException(grain.ToString());
    public Task<IGrainReminder> RegisterOrUpdateAsync(GrainId id, string n, TimeSpan d, TimeSpan p) => throw new NotSupportedException(ToString() + id + n + d + p);
    public Task UnregisterAsync(GrainId id, IGrainReminder r) => throw new NotSupportedException(ToString() + id + r);
    public Task<IGrainReminder?> GetAsync(GrainId id, string n) => throw new NotSupportedException(ToString() + id + n);
    public Task<List<IGrainReminder>> GetAllAsync(GrainId id) => throw new NotSupportedException(ToString() + id);
}
