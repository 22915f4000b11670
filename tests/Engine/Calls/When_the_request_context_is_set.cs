using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Calls;

public sealed class When_the_request_context_is_set(SharedCluster cluster)
{
    [Fact]
    public async Task Should_travel_with_the_call_and_on_to_the_next_grain()
    {
        RequestContext.Set("trace", "abc");

        var seen = await cluster.Client.GetGrain<IContextGrain>("context").ReadThrough("context-next");

        Assert.Equal("abc", seen);
    }

    [Fact]
    public async Task Should_not_come_back_from_the_callee()
    {
        await cluster.Client.GetGrain<IContextGrain>("context-setter").Set("answer", "42");

        Assert.Null(RequestContext.Get("answer"));
    }

    [Fact]
    public async Task Should_not_stay_for_the_next_call()
    {
        var grain = cluster.Client.GetGrain<IContextGrain>("context-clean");
        RequestContext.Set("trace", "abc");
        await grain.ReadThrough("context-clean-next");
        RequestContext.Clear();

        Assert.Null(await grain.ReadThrough("context-clean-next"));
    }
}
