using Orleans.Configuration;
using WhatsSound.Embedded;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Engine.Fixture;

internal sealed class TestCluster(EmbeddedCluster cluster, ManualTime time) : ITestCluster
{
    public IClusterClient Client => cluster.Clients[0].Client;

    public ManualTime Time => time;

    public IReadOnlyList<ITestSilo> Silos => [.. cluster.Silos.Select(silo => new TestSilo(silo))];

    public static async Task<ITestCluster> StartAsync(ClusterSetup setup)
    {
        var time = new ManualTime();
        var cluster = new EmbeddedCluster(new()
        {
            ConfigureSilo = silo =>
            {
                silo.Configure<ClusterOptions>(options => options.ServiceId = setup.ServiceId);
                if (setup.ManualTime) silo.Services.UseForGrains(time);
                setup.Silo(silo);
            },
            ConfigureClient = setup.Client,
        });
        for (var i = 0; i < setup.Silos; i++) await cluster.StartSiloAsync();
        await cluster.StartClientAsync();
        return new TestCluster(cluster, time);
    }

    public async Task<ITestSilo> StartSiloAsync() => new TestSilo(await cluster.StartSiloAsync());

    public Task StopSiloAsync(ITestSilo silo) => cluster.StopSiloAsync(((TestSilo)silo).Silo);

    public Task KillSiloAsync(ITestSilo silo) => cluster.KillSiloAsync(((TestSilo)silo).Silo);

    public Task KillClientAsync() => cluster.KillClientAsync(cluster.Clients[0]);

    public Task StartClientAsync() => cluster.StartClientAsync();

    public ITestSilo? FindSilo(GrainId grainId) => cluster.FindSilo(grainId) is { } silo ? new TestSilo(silo) : null;

    public Task DeactivateAsync(GrainId grainId) => cluster.DeactivateAsync(grainId);

    public Task WaitForDeactivationAsync(GrainId grainId) => cluster.WaitForDeactivationAsync(grainId);

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    private sealed record TestSilo(EmbeddedSilo Silo) : ITestSilo
    {
        public SiloAddress SiloAddress => Silo.SiloAddress;

        public IServiceProvider Services => Silo.Services;
    }
}
