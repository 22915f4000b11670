using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Calls;

public sealed class When_a_call_gets_no_answer_in_time(SharedCluster cluster)
{
    [Fact]
    public async Task Should_fail_the_caller_and_run_the_call_to_its_end()
    {
        var probe = Probe.Of("late");
        var grain = cluster.Client.GetGrain<ITurnGrain>("late");

        await Assert.ThrowsAsync<TimeoutException>(() => grain.HoldBriefly("late"));
        Assert.False(probe.IsMarked("out late"));
        probe.Mark("go late");
        await probe.Marked("out late");
    }

    [Fact]
    public async Task Should_not_start_a_call_whose_caller_has_given_up()
    {
        var probe = Probe.Of("given-up");
        var grain = cluster.Client.GetGrain<ITurnGrain>("given-up");

        var first = grain.Hold("first");
        await probe.Marked("in first");
        await Assert.ThrowsAsync<TimeoutException>(() => grain.HoldBriefly("second"));
        probe.Mark("go first");
        await first;
        await grain.Record("third");

        Assert.False(probe.IsMarked("in second"));
    }

    [Fact]
    public async Task Should_end_a_circle_of_calls()
    {
        await cluster.Client.GetGrain<ITurnGrain>("circle").CallInCircle("circle");

        Assert.Contains(nameof(TimeoutException), Probe.Of("circle").Entries);
    }

    [Fact]
    public async Task Should_wait_as_long_as_the_options_say()
    {
        await using var impatient = await TestCluster.StartAsync(new()
        {
            Client = client => client.Configure<Orleans.Configuration.ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(0.5)),
        });
        var grain = impatient.Client.GetGrain<ITurnGrain>("impatient");

        await Assert.ThrowsAsync<TimeoutException>(() => grain.Hold("call"));

        Probe.Of("impatient").Mark("go call");
    }
}
