using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Streams;

namespace WhatsSound.Streams;

/// <summary>Registers the <c>live</c> stream provider.</summary>
public static class LiveStreamServiceCollectionExtensions
{
    /// <summary>
    /// Adds the provider under its name, once, over whatever <see cref="ILaneSender"/> and <see cref="ILaneSubscriber"/> are registered: a silo and a
    /// gateway both call this, and may share a container. A provider registered under the name before takes its place.
    /// </summary>
    public static IServiceCollection AddLiveStreams(this IServiceCollection services)
    {
        services.TryAddKeyedSingleton<IStreamProvider>(
            LiveStreams.ProviderName,
            static (provider, _) => new LiveStreamProvider(provider.GetService<ILaneSender>(), provider.GetService<ILaneSubscriber>()));
        return services;
    }
}
