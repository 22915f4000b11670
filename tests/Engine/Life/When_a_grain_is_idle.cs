using Orleans.Configuration;
using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Life;

/// <summary>On real time, with the shortest ages that both engines take.</summary>
public sealed class When_a_grain_is_idle : IAsyncLifetime
{
    private ITestCluster? cluster;

    private IClusterClient Client => cluster!.Client;

    [Fact]
    public async Task Should_be_deactivated()
    {
        await Client.GetGrain<ILifeGrain>("idle").Incarnation();

        await Probe.Of("idle").Marked("deactivated ActivationIdle");
    }

    [Fact]
    public async Task Should_stay_while_a_call_runs_or_it_asked_to_stay()
    {
        var held = Client.GetGrain<ILifeGrain>("idle-held");
        var holding = held.Hold();
        await Client.GetGrain<ILifeGrain>("idle-delayed").Delay(TimeSpan.FromMinutes(5));
        await Client.GetGrain<ILifeGrain>("idle-reference").Incarnation();

        await Probe.Of("idle-reference").Marked("deactivated ActivationIdle");
        Probe.Of("idle-held").Mark("go");
        await holding;

        Assert.Equal(1, await held.Incarnation());
        Assert.Equal(1, await Client.GetGrain<ILifeGrain>("idle-delayed").Incarnation());
    }

    public async ValueTask InitializeAsync()
        => cluster = await TestCluster.StartAsync(new()
        {
            Silo = silo => silo.Configure<GrainCollectionOptions>(options =>
            {
                options.CollectionQuantum = TimeSpan.FromSeconds(0.5);
                options.CollectionAge = TimeSpan.FromSeconds(1.2);
            }),
        });

    public ValueTask DisposeAsync() => cluster!.DisposeAsync();
}
