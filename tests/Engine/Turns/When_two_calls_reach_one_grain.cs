using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Turns;

public sealed class When_two_calls_reach_one_grain(SharedCluster cluster)
{
    [Fact]
    public async Task Should_run_the_second_when_the_first_has_ended()
    {
        var probe = Probe.Of("two-calls");
        var grain = cluster.Client.GetGrain<ITurnGrain>("two-calls");

        var first = grain.Hold("first");
        await probe.Marked("in first");
        var second = grain.Record("second");
        probe.Mark("go first");
        await Task.WhenAll(first, second);

        Assert.Equal(["in first", "out first", "second"], probe.Entries);
    }

    [Fact]
    public async Task Should_keep_the_code_after_an_await_inside_the_turn()
    {
        var grain = cluster.Client.GetGrain<ITurnGrain>("awaits");

        var counts = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => grain.Count().AsTask()));

        Assert.Equal(Enumerable.Range(1, 100), counts.Order());
    }

    [Fact]
    public async Task Should_run_calls_of_one_caller_in_the_order_they_were_made()
    {
        var grain = cluster.Client.GetGrain<ITurnGrain>("ordered");

        for (var i = 0; i < 20; i++) await grain.Record($"{i}");

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), Probe.Of("ordered").Entries);
    }
}
