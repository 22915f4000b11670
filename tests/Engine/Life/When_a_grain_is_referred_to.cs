using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Life;

public sealed class When_a_grain_is_referred_to(SharedCluster cluster)
{
    [Fact]
    public async Task Should_have_one_identity_for_all()
    {
        var grain = cluster.Client.GetGrain<ILifeGrain>("identity");

        Assert.Equal("engine-life/identity", await grain.Identity());
        Assert.Equal("engine-life/identity", grain.GetGrainId().ToString());
        Assert.Equal("identity", grain.GetPrimaryKeyString());
    }

    [Fact]
    public async Task Should_be_equal_to_other_references_to_it()
    {
        var grain = cluster.Client.GetGrain<ILifeGrain>("equal");
        var same = cluster.Client.GetGrain<ILifeGrain>("equal");
        var own = await grain.Self();

        Assert.Equal(grain, same);
        Assert.Equal(grain, own);
        Assert.Equal(grain.GetHashCode(), own.GetHashCode());
        Assert.NotEqual(grain, cluster.Client.GetGrain<ILifeGrain>("other"));
        Assert.Equal(1, await own.Incarnation());
    }

    [Fact]
    public async Task Should_be_found_by_its_identity()
    {
        var id = GrainId.Parse("engine-life/by-id");

        Assert.Equal(1, await cluster.Client.GetGrain<ILifeGrain>(id).Incarnation());
        Assert.True(cluster.Client.GetGrain<ILifeGrain>("by-id").GetGrainId() == id);
    }

    [Fact]
    public void Should_be_named_after_its_class()
        => Assert.Equal("turn/a", cluster.Client.GetGrain<ITurnGrain>("a").GetGrainId().ToString());

    [Fact]
    public async Task Should_be_deactivated_from_outside()
    {
        var grain = cluster.Client.GetGrain<ILifeGrain>("from-outside");
        await grain.Incarnation();
        Assert.NotNull(cluster.Cluster.FindSilo(grain.GetGrainId()));

        await cluster.Cluster.DeactivateAsync(grain.GetGrainId());

        await Probe.Of("from-outside").Marked("deactivated ApplicationRequested");
        Assert.Equal(2, await grain.Incarnation());
    }
}
