using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WhatsSound.Embedded;

namespace WhatsSound.Tests.Grains;

/// <summary>Two silos of the embedded engine.</summary>
internal sealed class EngineCluster : IAsyncDisposable
{
    private readonly EmbeddedCluster _cluster;

    private EngineCluster(EmbeddedCluster cluster, IClusterClient client)
    {
        _cluster = cluster;
        Client = client;
    }

    public IClusterClient Client { get; }

    public static async Task<EngineCluster> StartAsync(Action<ISiloBuilder> configure, TimeProvider time)
    {
        var cluster = new EmbeddedCluster(new()
        {
            ConfigureSilo = silo =>
            {
                // Grains live on the test's clock; calls time out by the real one.
                silo.Services.Replace(ServiceDescriptor.Singleton(time));
                silo.Services.AddKeyedSingleton(TimeProviderNames.Messaging, TimeProvider.System);
                silo.Services.AddKeyedSingleton(TimeProviderNames.ActivationManagement, TimeProvider.System);
                configure(silo);
            },
        });
        await cluster.StartSiloAsync();
        await cluster.StartSiloAsync();
        var client = await cluster.StartClientAsync();
        return new(cluster, client.Client);
    }

    public async Task KillSiloOfAsync(GrainId grainId)
    {
        await _cluster.KillSiloAsync(_cluster.FindSilo(grainId) ?? throw new InvalidOperationException($"{grainId} is not active."));
        await _cluster.StartSiloAsync();
    }

    public Task DeactivateAsync(GrainId grainId) => _cluster.DeactivateAsync(grainId);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
