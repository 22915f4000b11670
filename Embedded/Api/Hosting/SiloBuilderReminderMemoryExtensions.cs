using WhatsSound.Embedded.Reminders;

namespace Orleans.Hosting;

public static class SiloBuilderReminderMemoryExtensions
{
    /// <summary>Keeps reminders in the memory of the cluster: they outlive a silo, not the process.</summary>
    public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder)
    {
        builder.Services.AddReminders<MemoryReminderTable>();
        return builder;
    }
}
