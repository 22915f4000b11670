using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Calls;

public sealed class When_a_call_fails(SharedCluster cluster)
{
    [Fact]
    public async Task Should_throw_the_same_exception_at_the_caller()
    {
        var grain = cluster.Client.GetGrain<ITurnGrain>("failing");

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Fail("because"));

        Assert.Equal("because", thrown.Message);
    }

    [Fact]
    public async Task Should_leave_the_activation_as_it_was()
    {
        var grain = cluster.Client.GetGrain<ITurnGrain>("failing-counter");

        await grain.Count();
        await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Fail("because"));

        Assert.Equal(2, await grain.Count());
    }
}
