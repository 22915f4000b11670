using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Calls;

public sealed class When_a_call_is_one_way(SharedCluster cluster)
{
    [Fact]
    public async Task Should_not_make_the_caller_wait()
    {
        var probe = Probe.Of("one-way");
        var grain = cluster.Client.GetGrain<ITurnGrain>("one-way");

        await grain.Tell("news");
        await probe.Marked("in news");
        Assert.False(probe.IsMarked("out news"));
        probe.Mark("go news");
        await probe.Marked("out news");
    }

    [Fact]
    public async Task Should_not_tell_the_caller_that_it_failed()
    {
        var grain = cluster.Client.GetGrain<ITurnGrain>("one-way-failing");

        await grain.TellAndFail();
        await grain.Record("after");
    }
}
