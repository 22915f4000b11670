using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace WhatsSound.Embedded.Reminders;

internal static class ReminderRegistration
{
    public static void AddReminders<TTable>(this IServiceCollection services)
        where TTable : class, IReminderTable
    {
        services.AddSingleton<IReminderTable, TTable>();
        services.AddSingleton<ReminderService>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<ReminderService>());
    }
}
