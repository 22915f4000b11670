using Orleans.Runtime.Hosting;
using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Storage;

public sealed class When_storage_fails
{
    [Fact]
    public async Task Should_tell_the_grain_and_leave_it_active()
    {
        await using var cluster = await TestCluster.StartAsync(new()
        {
            Silo = silo => silo.Services.AddGrainStorage("Default", static (_, _) => new BrittleStorage()),
        });
        var grain = cluster.Client.GetGrain<IStateGrain>("brittle", "WhatsSound.Tests.Engine.Grains.StateGrain");

        BrittleStorage.Broken["brittle"] = true;
        Assert.Equal(nameof(OrleansException), await grain.TryWrite("one"));
        await Assert.ThrowsAsync<OrleansException>(() => grain.Write("one"));
        BrittleStorage.Broken.TryRemove("brittle", out _);

        var seen = await grain.Write("two");
        Assert.Equal(("two", 1), (seen.Text, seen.Incarnation));
    }
}
