using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Life;

public sealed class When_a_grain_is_called_first(SharedCluster cluster)
{
    [Fact]
    public async Task Should_be_activated_once_before_its_first_call()
    {
        var grain = cluster.Client.GetGrain<ILifeGrain>("first-call");

        var incarnations = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => grain.Incarnation()));

        Assert.All(incarnations, incarnation => Assert.Equal(1, incarnation));
        Assert.Equal(["activated"], Probe.Of("first-call").Entries);
    }

    [Fact]
    public async Task Should_fail_the_calls_that_wait_if_it_cannot_be_activated()
    {
        var grain = cluster.Client.GetGrain<ILifeGrain>("unable");

        var calls = Enumerable.Range(0, 3).Select(_ => grain.Incarnation()).ToArray();

        foreach (var call in calls) Assert.Equal("unable to start", (await Assert.ThrowsAsync<InvalidOperationException>(() => call)).Message);
        Assert.Empty(Probe.Of("unable").Entries);
    }
}
