using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Life;

public sealed class When_a_grain_asks_to_be_deactivated(SharedCluster cluster)
{
    [Fact]
    public async Task Should_be_told_why_and_come_back_at_the_next_call()
    {
        var probe = Probe.Of("leaver");
        var grain = cluster.Client.GetGrain<ILifeGrain>("leaver");

        await grain.Leave();
        Assert.Equal(2, await grain.Incarnation());

        Assert.Equal(["activated", "deactivated ApplicationRequested", "activated"], probe.Entries);
    }

    [Fact]
    public async Task Should_end_the_running_call_first_and_send_waiting_calls_to_the_next_activation()
    {
        var probe = Probe.Of("leaver-busy");
        var grain = cluster.Client.GetGrain<ILifeGrain>("leaver-busy");

        var running = grain.LeaveAndHold();
        await probe.Marked("holding");
        var waiting = grain.Incarnation();
        probe.Mark("go");

        Assert.Equal(1, await running);
        Assert.Equal(2, await waiting);
    }

    [Fact]
    public async Task Should_send_calls_that_arrive_meanwhile_to_the_next_activation()
    {
        var probe = Probe.Of("slow-leaver");
        var grain = cluster.Client.GetGrain<ILifeGrain>("slow-leaver");

        await grain.Leave();
        await probe.Marked("leaving");
        var waiting = grain.Incarnation();
        probe.Mark("go");

        Assert.Equal(2, await waiting);
    }
}
