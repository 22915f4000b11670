using Microsoft.Extensions.DependencyInjection;

namespace WhatsSound.Playback;

/// <summary>Registers the clock of a process that has a cluster.</summary>
public static class ClusterClockServiceCollectionExtensions
{
    /// <summary>Adds it, and what has it follow the cluster's. To be called after the silo or the cluster client was added: it is asked as the process starts.</summary>
    public static IServiceCollection AddClusterClock(this IServiceCollection services)
    {
        services.AddSingleton<ClusterClock>();
        services.AddSingleton<IRoomClock>(static provider => provider.GetRequiredService<ClusterClock>());
        services.AddHostedService<ClockFollower>();
        return services;
    }
}
