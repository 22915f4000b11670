using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace WhatsSound.Tests.Grains;

/// <summary>Two silos of Orleans in this process.</summary>
internal sealed class OrleansCluster : IAsyncDisposable
{
    /// <summary>A call that is on its way to a silo when it is killed is only lost after this time.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    private readonly InProcessTestCluster _cluster;

    private OrleansCluster(InProcessTestCluster cluster) => _cluster = cluster;

    public IClusterClient Client => _cluster.Client;

    public static async Task<OrleansCluster> StartAsync(Action<ISiloBuilder> configure, TimeProvider time)
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            // Grains live on the test's clock; the silo's own loops would spin on one that jumps.
            silo.Services.Replace(ServiceDescriptor.Singleton(time));
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout);
            configure(silo);
        });
        builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout));
        var cluster = new OrleansCluster(builder.Build());
        await cluster._cluster.DeployAsync();
        return cluster;
    }

    public async Task KillSiloOfAsync(GrainId grainId)
    {
        if (!_cluster.TryGetGrainContext(grainId, out var context))
            throw new InvalidOperationException($"{grainId} is not active.");
        await _cluster.KillSiloAsync(_cluster.GetSiloForAddress(context.Address.SiloAddress!)!);
        await _cluster.StartAdditionalSiloAsync();
    }

    public Task DeactivateAsync(GrainId grainId) => _cluster.DeactivateAsync(grainId);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
