using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;
using WhatsSound.Tests.Engine.Storage;

namespace WhatsSound.Tests.Engine.Silos;

public sealed class When_there_are_several_silos : IAsyncLifetime
{
    private ITestCluster? cluster;

    private ITestCluster Cluster => cluster!;

    [Fact]
    public async Task Should_spread_grains_and_keep_one_activation_of_each()
    {
        var grains = Enumerable.Range(0, 60).Select(i => Cluster.Client.GetGrain<ILifeGrain>($"spread-{i}")).ToArray();

        var incarnations = await Task.WhenAll(grains.Concat(grains).Select(grain => grain.Incarnation()));

        Assert.All(incarnations, incarnation => Assert.Equal(1, incarnation));
        Assert.Equal(2, grains.Select(grain => Cluster.FindSilo(grain.GetGrainId())!.SiloAddress).Distinct().Count());
    }

    [Fact]
    public async Task Should_bring_the_grains_of_a_killed_silo_back_on_another()
    {
        var grain = Cluster.Client.GetGrain<IStateGrain>("killed", "WhatsSound.Tests.Engine.Grains.StateGrain");
        await grain.Write("saved");
        await grain.Change("not saved");

        await Cluster.KillSiloAsync(Cluster.FindSilo(grain.GetGrainId())!);
        var seen = await grain.Read();

        Assert.Equal(("saved", 2), (seen.Text, seen.Incarnation));
        Assert.Single(Cluster.Silos);
    }

    [Fact]
    public async Task Should_fail_the_calls_that_a_killed_silo_was_running_for_another()
    {
        var callee = Cluster.Client.GetGrain<ITurnGrain>("killed-callee");
        await callee.Count();
        var caller = await RelayOnAnotherSiloThan(callee.GetGrainId());
        var call = caller.Hold("killed-callee", "call");
        await Probe.Of("killed-callee").Marked("in call");

        await Cluster.KillSiloAsync(Cluster.FindSilo(callee.GetGrainId())!);

        Assert.Equal(nameof(SiloUnavailableException), await call);
        Probe.Of("killed-callee").Mark("go call");
    }

    [Fact]
    public async Task Should_not_answer_the_calls_that_a_killed_silo_was_running_for_a_client()
    {
        var grain = Cluster.Client.GetGrain<ITurnGrain>("killed-call");
        var call = grain.HoldBriefly("call");
        await Probe.Of("killed-call").Marked("in call");

        await Cluster.KillSiloAsync(Cluster.FindSilo(grain.GetGrainId())!);

        await Assert.ThrowsAsync<TimeoutException>(() => call);
        Probe.Of("killed-call").Mark("go call");
    }

    [Fact]
    public async Task Should_deactivate_the_grains_of_a_stopped_silo_in_good_order()
    {
        var grain = Cluster.Client.GetGrain<ILifeGrain>("stopped");
        await grain.Incarnation();

        await Cluster.StopSiloAsync(Cluster.FindSilo(grain.GetGrainId())!);

        Assert.Equal(["activated", "deactivated ShuttingDown"], Probe.Of("stopped").Entries);
        Assert.Equal(2, await grain.Incarnation());
    }

    [Fact]
    public async Task Should_use_a_silo_that_joins()
    {
        var joined = await Cluster.StartSiloAsync();
        foreach (var other in Cluster.Silos.Where(silo => !silo.SiloAddress.Equals(joined.SiloAddress)).ToArray()) await Cluster.StopSiloAsync(other);

        var grain = Cluster.Client.GetGrain<ILifeGrain>("joined");
        await grain.Incarnation();

        Assert.Equal(joined.SiloAddress, Cluster.FindSilo(grain.GetGrainId())!.SiloAddress);
    }

    public async ValueTask InitializeAsync()
        => cluster = await TestCluster.StartAsync(new() { Silos = 2, Silo = ProcessStorage.AddTo });

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    private async Task<IRelayGrain> RelayOnAnotherSiloThan(GrainId grainId)
    {
        for (var i = 0; ; i++)
        {
            var relay = Cluster.Client.GetGrain<IRelayGrain>($"relay-{i}");
            await relay.Wake();
            if (!Cluster.FindSilo(relay.GetGrainId())!.SiloAddress.Equals(Cluster.FindSilo(grainId)!.SiloAddress)) return relay;
        }
    }
}
