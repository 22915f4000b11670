using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace WhatsSound.Tests.Grains;

/// <summary>Silos of Orleans in this process.</summary>
internal sealed class OrleansCluster : IAsyncDisposable
{
    /// <summary>A call that is on its way to a silo when it is killed is only lost after this time.</summary>
    private static readonly TimeSpan SiloPatience = TimeSpan.FromSeconds(5);

    /// <summary>Longer, since a test may wait for a grain that waits for such a call.</summary>
    private static readonly TimeSpan ClientPatience = 3 * SiloPatience;

    private readonly InProcessTestCluster _cluster;

    private OrleansCluster(InProcessTestCluster cluster) => _cluster = cluster;

    public IClusterClient Client => _cluster.Client;

    public static async Task<OrleansCluster> StartAsync(Action<ISiloBuilder> configure, TimeProvider time, int silosCount = 2)
    {
        var builder = new InProcessTestClusterBuilder((short)silosCount);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            // Grains live on the test's clock; the silo's own loops would spin on one that jumps.
            silo.Services.Replace(ServiceDescriptor.Singleton(time));
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = SiloPatience);
            configure(silo);
        });
        builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ClientPatience));
        var cluster = new OrleansCluster(builder.Build());
        await cluster._cluster.DeployAsync();
        return cluster;
    }

    /// <summary>Where the grain is active; null: nowhere.</summary>
    public SiloAddress? FindSiloOf(GrainId grainId) => _cluster.TryGetGrainContext(grainId, out var context) ? context.Address.SiloAddress : null;

    public object InstanceOf(GrainId grainId) =>
        _cluster.TryGetGrainContext(grainId, out var context) && context.GrainInstance is { } instance ? instance : throw new InvalidOperationException($"{grainId} is not active.");

    public async Task KillSiloOfAsync(GrainId grainId)
    {
        await _cluster.KillSiloAsync(SiloOf(grainId));
        await _cluster.StartAdditionalSiloAsync();
    }

    /// <summary>As SIGTERM does: the silo ends what it has begun.</summary>
    public Task StopSiloOfAsync(GrainId grainId) => _cluster.StopSiloAsync(SiloOf(grainId));

    public Task StartSiloAsync() => _cluster.StartAdditionalSiloAsync();

    public Task MigrateAsync(GrainId grainId, SiloAddress to) => _cluster.MigrateAsync(grainId, to);

    public IReadOnlyList<SiloAddress> Silos => [.. _cluster.GetActiveSilos().Select(silo => silo.SiloAddress)];

    public IServiceProvider ServicesOf(SiloAddress silo) => _cluster.GetSiloServiceProvider(silo);

    public Task DeactivateAsync(GrainId grainId) => _cluster.DeactivateAsync(grainId);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private InProcessSiloHandle SiloOf(GrainId grainId) =>
        FindSiloOf(grainId) is { } address ? _cluster.GetSiloForAddress(address)! : throw new InvalidOperationException($"{grainId} is not active.");
}
