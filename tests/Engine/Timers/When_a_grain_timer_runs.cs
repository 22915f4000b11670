using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Timers;

public sealed class When_a_grain_timer_runs : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private ITestCluster? cluster;

    [Fact]
    public async Task Should_tick_when_due_and_then_each_period()
    {
        var (grain, probe) = Grain("ticking");
        await grain.Start(2 * Second, Second, interleave: false);

        Advance(Second);
        Assert.Equal(0, await grain.Ticks());
        Advance(Second);
        await probe.Marked("tick 1");
        Assert.Equal(1, await grain.Ticks());
        Advance(Second);
        await probe.Marked("tick 2");
        Assert.Equal(2, await grain.Ticks());
    }

    [Fact]
    public async Task Should_tick_once_if_it_has_no_period()
    {
        var (grain, probe) = Grain("once");
        await grain.Start(Second, Timeout.InfiniteTimeSpan, interleave: false);

        Advance(Second);
        await probe.Marked("tick 1");
        await grain.Ticks();
        Advance(100 * Second);

        Assert.Equal(1, await grain.Ticks());
    }

    [Fact]
    public async Task Should_wait_for_the_running_call()
    {
        var (grain, probe) = Grain("waiting");
        await grain.Start(Second, Second, interleave: false);
        var call = grain.Hold();
        await probe.Marked("in");

        Advance(Second);
        Assert.False(probe.IsMarked("tick 1"));
        probe.Mark("go");
        await call;
        await probe.Marked("tick 1");

        Assert.Equal(["in", "out", "tick 1"], probe.Entries);
    }

    [Fact]
    public async Task Should_not_wait_for_the_running_call_if_it_may_interleave()
    {
        var (grain, probe) = Grain("interleaving");
        await grain.Start(Second, Second, interleave: true);
        var call = grain.Hold();
        await probe.Marked("in");

        Advance(Second);
        await probe.Marked("tick 1");
        probe.Mark("go");
        await call;
    }

    [Fact]
    public async Task Should_make_calls_wait_while_it_ticks()
    {
        var (grain, probe) = Grain("holding");
        await grain.StartHolding(Second, Second, interleave: false);
        Advance(Second);
        await probe.Marked("tick 1");

        var call = grain.Hold();
        Assert.False(probe.IsMarked("in"));
        probe.Mark("go 1");
        probe.Mark("go");
        await call;

        Assert.Equal(["tick 1", "tock 1", "in", "out"], probe.Entries);
    }

    [Fact]
    public async Task Should_count_its_period_from_the_end_of_a_tick()
    {
        var (grain, probe) = Grain("drifting");
        await grain.StartHolding(Second, Second, interleave: false);
        Advance(Second);
        await probe.Marked("tick 1");
        Advance(10 * Second);
        probe.Mark("go 1");
        Assert.Equal(1, await grain.Ticks());

        Advance(Second / 2);
        Assert.Equal(1, await grain.Ticks());
        Advance(Second / 2);
        await probe.Marked("tick 2");
        probe.Mark("go 2");
    }

    [Fact]
    public async Task Should_go_on_after_a_tick_that_failed()
    {
        var (grain, probe) = Grain("failing");
        await grain.StartFailing(Second, Second);

        Advance(Second);
        await probe.Marked("tick 1");
        await grain.Ticks();
        Advance(Second);

        await probe.Marked("tick 2");
    }

    [Fact]
    public async Task Should_follow_a_change()
    {
        var (grain, probe) = Grain("changing");
        await grain.Start(Second, Second, interleave: false);
        await grain.Change(5 * Second, 3 * Second);

        Advance(4 * Second);
        Assert.Equal(0, await grain.Ticks());
        Advance(Second);
        await probe.Marked("tick 1");
        await grain.Ticks();
        Advance(2 * Second);
        Assert.Equal(1, await grain.Ticks());
        Advance(Second);
        await probe.Marked("tick 2");
    }

    [Fact]
    public async Task Should_end_when_it_is_disposed()
    {
        var (grain, _) = Grain("stopping");
        await grain.Start(Second, Second, interleave: false);
        await grain.Stop();

        Advance(5 * Second);

        Assert.Equal(0, await grain.Ticks());
    }

    [Fact]
    public async Task Should_end_with_its_activation_and_cancel_its_token()
    {
        var (grain, probe) = Grain("leaving");
        await grain.StartHolding(Second, Second, interleave: true);
        Advance(Second);
        await probe.Marked("tick 1");
        probe.Mark("go 2");

        var leaving = grain.Leave();
        probe.Mark("go 1");
        await leaving;
        await cluster!.WaitForDeactivationAsync(grain.GetGrainId());
        Advance(5 * Second);

        Assert.Equal(0, await grain.Ticks());
        Assert.False(probe.IsMarked("tick 2"));
    }

    public async ValueTask InitializeAsync() => cluster = await TestCluster.StartAsync(new() { ManualTime = true });

    public ValueTask DisposeAsync() => cluster!.DisposeAsync();

    private (ITimerGrain Grain, Probe Probe) Grain(string key) => (cluster!.Client.GetGrain<ITimerGrain>($"timer-{key}"), Probe.Of($"timer-{key}"));

    private void Advance(TimeSpan span) => cluster!.Time.Advance(span);
}
