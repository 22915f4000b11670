using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Reminders;

/// <summary>What a silo offers its grains: keeps their reminders in the table, and the cluster's schedule in step with it.</summary>
internal sealed class ReminderService(Silo silo, IReminderTable table, IOptions<ReminderOptions> options) : ILifecycleParticipant<ISiloLifecycle>
{
    private const string TimeName = "Orleans.Reminders";

    private readonly TimeProvider time = silo.TimeFor(TimeName);

    private ReminderSchedule Schedule => silo.Cluster.Shared(TimeName, () => new ReminderSchedule(silo.Cluster, time));

    public static ReminderService Of(IGrainBase grain)
        => grain is IRemindable
            ? grain.GrainContext.ActivationServices.GetService<ReminderService>() ?? throw new OrleansConfigurationException("No reminder service is configured.")
            : throw new InvalidOperationException($"{grain.GetType()} has no reminders: it is not {nameof(IRemindable)}.");

    public void Participate(ISiloLifecycle lifecycle)
        => lifecycle.Subscribe(nameof(ReminderService), ServiceLifecycleStage.Active, async _ =>
        {
            await table.OpenAsync();
            foreach (var row in await table.ReadAllAsync()) Schedule.Set(row);
        });

    public async Task<IGrainReminder> RegisterOrUpdateAsync(GrainId grainId, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        if (period < options.Value.MinimumReminderPeriod)
            throw new ArgumentException($"A reminder's period is at least {options.Value.MinimumReminderPeriod}, not {period}.", nameof(period));
        var row = await table.UpsertAsync(new(grainId, name, time.GetUtcNow().UtcDateTime + dueTime, period, ""));
        Schedule.Set(row);
        return row;
    }

    public async Task UnregisterAsync(GrainId grainId, IGrainReminder reminder)
    {
        if (reminder is not ReminderRow row || row.GrainId != grainId) throw new ArgumentException("This is not a reminder of this grain.", nameof(reminder));
        if (!await table.DeleteAsync(row)) throw new ReminderException($"Reminder {row.Name} of {grainId} is not the one that was read.");
        Schedule.Remove(row);
    }

    public async Task<IGrainReminder?> GetAsync(GrainId grainId, string name)
        => (await table.ReadAsync(grainId)).Find(row => string.Equals(row.Name, name, StringComparison.Ordinal));

    public async Task<List<IGrainReminder>> GetAllAsync(GrainId grainId) => [.. await table.ReadAsync(grainId)];
}
