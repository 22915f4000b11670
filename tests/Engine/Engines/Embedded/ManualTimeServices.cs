using Microsoft.Extensions.DependencyInjection;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Engine.Fixture;

internal static class ManualTimeServices
{
    public static void UseForGrains(this IServiceCollection services, ManualTime time)
    {
        services.AddSingleton<TimeProvider>(time);
        services.AddKeyedSingleton(TimeProviderNames.Messaging, TimeProvider.System);
        services.AddKeyedSingleton(TimeProviderNames.ActivationManagement, TimeProvider.System);
    }
}
