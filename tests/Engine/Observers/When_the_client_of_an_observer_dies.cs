using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Observers;

public sealed class When_the_client_of_an_observer_dies
{
    [Fact]
    public async Task Should_let_its_caller_wait_in_vain_and_lose_one_way_calls()
    {
        await using var cluster = await TestCluster.StartAsync(new());
        var listener = new Listener(Probe.Of("dead-client"));
        await cluster.Client.GetGrain<ISpeakerGrain>("dead-client").Subscribe(cluster.Client.CreateObjectReference<IListener>(listener));

        await cluster.KillClientAsync();
        await cluster.StartClientAsync();
        var speaker = cluster.Client.GetGrain<ISpeakerGrain>("dead-client");

        await speaker.TellOneWay("news");
        Assert.Equal(nameof(TimeoutException), await speaker.Tell("news"));
        Assert.Empty(Probe.Of("dead-client").Entries);
        GC.KeepAlive(listener);
    }
}
