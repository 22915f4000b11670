using Orleans.Configuration;
using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Calls;

public sealed class When_too_many_calls_wait
{
    [Fact]
    public async Task Should_refuse_those_over_the_limit()
    {
        await using var cluster = await TestCluster.StartAsync(new()
        {
            Silo = silo => silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = 3),
        });
        var probe = Probe.Of("crowded");
        var grain = cluster.Client.GetGrain<ITurnGrain>("crowded");

        var running = grain.Hold("first");
        await probe.Marked("in first");
        var others = Enumerable.Range(0, 10).Select(i => grain.Record($"{i}")).ToArray();
        await Assert.ThrowsAsync<LimitExceededException>(() => Task.WhenAny(others).Unwrap());
        probe.Mark("go first");
        await running;
        var refused = await Task.WhenAll(others.Select(async call => await Record.ExceptionAsync(() => call) is LimitExceededException));

        Assert.Equal(7, refused.Count(isRefused => isRefused));
    }
}
