using WhatsSound.Channels;
using WhatsSound.Tests.Grains.Channels;

namespace WhatsSound.Tests.Grains.Streams;

[Collection(ClusterTests.Name)]
public sealed class When_a_gateway_holds_a_lease(TestCluster cluster)
{
    private static readonly TimeSpan Lease = new ChannelRule { Pattern = "*" }.PresenceLease;

    [Fact]
    public async Task Should_know_its_lane_while_it_renews()
    {
        var channel = Channel.New(cluster);
        var gateway = await channel.AttachAsync();

        for (var renewal = 0; renewal < 12; renewal++)
        {
            await channel.AdvanceAsync(Lease / 3, Lease / 3);
            Assert.True((await channel.RenewAsync(gateway)).LaneKnown);
        }
    }

    [Fact]
    public async Task Should_drop_its_lane_when_the_lease_has_run_out()
    {
        var channel = Channel.New(cluster);
        var gateway = await channel.AttachAsync();

        await channel.AdvanceAsync(Lease, Lease);
        await channel.PublishAsync("unheard");

        Assert.False((await channel.RenewAsync(gateway)).LaneKnown);
        Assert.Empty(gateway.Frames);
    }

    [Fact]
    public async Task Should_know_nothing_of_a_gateway_after_the_channel_moved()
    {
        var channel = Channel.New(cluster);
        var gateway = await channel.AttachAsync();
        await channel.PublishAsync("before");

        await cluster.DeactivateAsync(channel.Grain);
        var answer = await channel.RenewAsync(gateway, connectionCount: 2);

        Assert.False(answer.LaneKnown);
        Assert.False(answer.PresenceKnown);
    }

    [Fact]
    public async Task Should_answer_the_position_that_was_handed_to_the_stream()
    {
        var channel = Channel.New(cluster, "room:*:chat");
        var gateway = await channel.AttachAsync();
        await channel.PublishAsync(2);

        var held = await channel.RenewAsync(gateway);
        await channel.AdvanceAsync(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
        var sent = await channel.RenewAsync(gateway);

        Assert.Equal((1, 2), (held.Head.Offset, sent.Head.Offset));
    }

    [Fact]
    public async Task Should_send_nothing_to_a_gateway_that_detached()
    {
        var channel = Channel.New(cluster);
        var leaving = await channel.AttachAsync();
        var staying = await channel.AttachAsync();

        await channel.Grain.DetachLaneAsync(leaving.Id);
        await channel.PublishAsync("after");
        await staying.UntilOffsetAsync(channel.Name, 1);

        Assert.Empty(leaving.Batches);
    }

    [Fact]
    public async Task Should_not_be_held_up_by_a_gateway_that_never_answers()
    {
        var channel = Channel.New(cluster);
        var stuck = new TestGateway();
        stuck.Block();
        await channel.AttachAsync(stuck);
        var quick = await channel.AttachAsync();

        await channel.PublishAsync(50);
        await quick.UntilOffsetAsync(channel.Name, 50);
        stuck.Unblock();

        Assert.Equal(50, quick.Publications.Length);
    }
}
