using Microsoft.Extensions.DependencyInjection;
using Orleans.Reminders;
using Orleans.TestingHost;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Engine.Fixture;

internal sealed class TestCluster(InProcessTestCluster cluster, ManualTime time) : ITestCluster
{
    public IClusterClient Client => cluster.Client;

    public ManualTime Time => time;

    public IReadOnlyList<ITestSilo> Silos => [.. cluster.GetActiveSilos().Select(silo => new TestSilo(silo))];

    public static async Task<ITestCluster> StartAsync(ClusterSetup setup)
    {
        var time = new ManualTime();
        var builder = new InProcessTestClusterBuilder((short)setup.Silos);
        builder.Options.ServiceId = setup.ServiceId;
        builder.ConfigureSilo((_, silo) =>
        {
            if (setup.ManualTime)
            {
                silo.Services.AddSingleton<TimeProvider>(time);
                silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
                silo.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, time);
            }

            setup.Silo(silo);
        });
        builder.ConfigureClient(setup.Client);
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new TestCluster(cluster, time);
    }

    public async Task<ITestSilo> StartSiloAsync()
    {
        var silo = await cluster.StartAdditionalSiloAsync();
        await cluster.WaitForLivenessToStabilizeAsync();
        return new TestSilo(silo);
    }

    public Task StopSiloAsync(ITestSilo silo) => cluster.StopSiloAsync(((TestSilo)silo).Silo);

    public Task KillSiloAsync(ITestSilo silo) => cluster.KillSiloAsync(((TestSilo)silo).Silo);

    public Task KillClientAsync() => cluster.KillClientAsync();

    public Task StartClientAsync() => cluster.InitializeClientAsync();

    public ITestSilo? FindSilo(GrainId grainId)
        => cluster.TryGetGrainContext(grainId, out var context) && context!.Address.SiloAddress is { } address && cluster.GetSiloForAddress(address) is { } silo
            ? new TestSilo(silo)
            : null;

    public Task DeactivateAsync(GrainId grainId) => cluster.DeactivateAsync(grainId);

    public Task WaitForDeactivationAsync(GrainId grainId) => cluster.WaitForDeactivationAsync(grainId);

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    private sealed record TestSilo(InProcessSiloHandle Silo) : ITestSilo
    {
        public SiloAddress SiloAddress => Silo.SiloAddress;

        public IServiceProvider Services => Silo.SiloHost.Services;
    }
}
