using WhatsSound.Embedded;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Silos;

/// <summary>References are used outside of activations too: by work of a silo's own.</summary>
public sealed class When_the_client_of_a_lane_dies
{
    [Fact]
    public async Task Should_let_the_silos_own_work_wait_in_vain()
    {
        await using var cluster = new EmbeddedCluster(new());
        await cluster.StartSiloAsync();
        var client = await cluster.StartClientAsync();
        var listener = new Listener(Probe.Of("lane"));
        var reference = client.Client.CreateObjectReference<IListener>(listener);
        Assert.Equal("heard before", await reference.Hear("before"));

        await cluster.KillClientAsync(client);

        await Assert.ThrowsAsync<TimeoutException>(() => reference.Hear("after"));
        Assert.False(Probe.Of("lane").IsMarked("in after"));
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task Should_fail_the_calls_it_still_makes_itself()
    {
        await using var cluster = new EmbeddedCluster(new());
        await cluster.StartSiloAsync();
        var client = await cluster.StartClientAsync();
        var grain = client.Client.GetGrain<ITurnGrain>("ghost");

        await cluster.KillClientAsync(client);

        await Assert.ThrowsAsync<SiloUnavailableException>(() => grain.Record("ghost"));
        Assert.Empty(Probe.Of("ghost").Entries);
    }
}
