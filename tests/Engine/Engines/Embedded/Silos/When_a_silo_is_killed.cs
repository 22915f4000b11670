using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Silos;

/// <summary>Beyond what Orleans' in-process cluster can show: there, a kill still deactivates some grains.</summary>
public sealed class When_a_silo_is_killed : IAsyncLifetime
{
    private ITestCluster? cluster;

    private ITestCluster Cluster => cluster!;

    [Fact]
    public async Task Should_not_tell_its_grains()
    {
        var grain = Cluster.Client.GetGrain<ILifeGrain>("not-told");
        await grain.Incarnation();

        await Cluster.KillSiloAsync(Cluster.FindSilo(grain.GetGrainId())!);
        await grain.Incarnation();

        Assert.Equal(["activated", "activated"], Probe.Of("not-told").Entries);
    }

    [Fact]
    public async Task Should_stop_its_turns_where_they_are()
    {
        var probe = Probe.Of("cut-off");
        var grain = Cluster.Client.GetGrain<ITurnGrain>("cut-off");
        await grain.Tell("call");
        await probe.Marked("in call");

        await Cluster.KillSiloAsync(Cluster.FindSilo(grain.GetGrainId())!);
        probe.Mark("go call");
        await grain.Record("after");

        Assert.Equal(["in call", "after"], probe.Entries);
    }

    public async ValueTask InitializeAsync() => cluster = await TestCluster.StartAsync(new() { Silos = 2 });

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
