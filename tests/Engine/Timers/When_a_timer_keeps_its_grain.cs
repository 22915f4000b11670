using Orleans.Configuration;
using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Timers;

public sealed class When_a_timer_keeps_its_grain
{
    [Fact]
    public async Task Should_stay_active_while_it_ticks_and_only_then()
    {
        await using var cluster = await TestCluster.StartAsync(new()
        {
            Silo = silo => silo.Configure<GrainCollectionOptions>(options =>
            {
                options.CollectionQuantum = TimeSpan.FromSeconds(0.5);
                options.CollectionAge = TimeSpan.FromSeconds(1.2);
            }),
        });
        var kept = cluster.Client.GetGrain<IKeptGrain>("kept");
        var unkept = cluster.Client.GetGrain<IKeptGrain>("unkept");
        await kept.StartTimer(keepAlive: true);
        await unkept.StartTimer(keepAlive: false);

        await Probe.Of("unkept").Marked("deactivated");

        Assert.False(Probe.Of("kept").IsMarked("deactivated"));
    }
}
