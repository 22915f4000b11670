using Microsoft.Extensions.DependencyInjection;
using WhatsSound.Tests.Engine.Fixture;

namespace WhatsSound.Tests.Engine.Silos;

public sealed class When_a_silo_starts_and_stops
{
    [Fact]
    public async Task Should_take_its_participants_through_the_stages_and_back()
    {
        var cluster = await TestCluster.StartAsync(new()
        {
            Silo = silo => silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, Recorder>(),
        });
        await cluster.StopSiloAsync(cluster.Silos[0]);
        await cluster.DisposeAsync();

        Assert.Equal(["start services", "start active", "stop active", "stop services"], Probe.Of("lifecycle").Entries);
    }

    [Fact]
    public async Task Should_know_its_own_address()
    {
        await using var cluster = await TestCluster.StartAsync(new());

        Assert.Equal(cluster.Silos[0].SiloAddress, cluster.Silos[0].Services.GetRequiredService<ILocalSiloDetails>().SiloAddress);
    }

    private sealed class Recorder : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle lifecycle)
        {
            Subscribe(lifecycle, "active", ServiceLifecycleStage.Active);
            Subscribe(lifecycle, "services", ServiceLifecycleStage.ApplicationServices);
        }

        private static void Subscribe(ISiloLifecycle lifecycle, string name, int stage)
            => lifecycle.Subscribe(name, stage, _ => Record($"start {name}"), _ => Record($"stop {name}"));

        private static Task Record(string entry)
        {
            Probe.Of("lifecycle").Record(entry);
            return Task.CompletedTask;
        }
    }
}
