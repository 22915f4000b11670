using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WhatsSound.Settings;

namespace WhatsSound.Control;

/// <summary>Registers what a process knows of what is set in its cluster.</summary>
public static class ControlServiceCollectionExtensions
{
    /// <summary>Adds what it knows, which is nothing unless it follows. Silos and gateways both call this; where they share a container, the first call counts.</summary>
    public static IServiceCollection AddControl(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<ControlOptions, ControlOptionsValidator>(configuration, ControlOptions.Section);
        services.TryAddSingleton<ControlKnowledge>();
        services.TryAddSingleton<IRevocations>(static provider => provider.GetRequiredService<ControlKnowledge>());
        return services;
    }

    /// <summary>Has it follow the cluster. To be called after the silo or the cluster client was added: it is asked as the process starts.</summary>
    public static IServiceCollection AddControlFollower(this IServiceCollection services) => services.AddHostedService<ControlFollower>();
}
