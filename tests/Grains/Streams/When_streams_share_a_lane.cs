using WhatsSound.Publications;
using WhatsSound.Streams;

namespace WhatsSound.Tests.Grains.Streams;

public sealed class When_streams_share_a_lane
{
    [Fact]
    public async Task Should_keep_the_order_in_which_frames_were_sent()
    {
        using var lanes = new Lanes();
        var gateway = lanes.Attach("a");
        lanes.Attach("b", gateway);
        gateway.Block();

        lanes.Send("a", 2);
        lanes.Send("b", 2);
        lanes.Send("a", 1);
        gateway.Unblock();
        await gateway.UntilOffsetAsync("a", 3);

        Assert.Equal(["a", "a", "b", "b", "a"], gateway.Frames.Select(frame => frame.Channel));
        Assert.Single(gateway.Batches.Select(batch => batch.LaneId).Distinct());
    }

    [Fact]
    public async Task Should_send_to_a_gateway_only_what_it_attached()
    {
        using var lanes = new Lanes();
        var gateway = lanes.Attach("a");

        lanes.Send("b");
        lanes.Send("a");
        await gateway.UntilOffsetAsync("a", 1);

        Assert.Equal("a", Assert.Single(gateway.Frames).Channel);
    }

    [Fact]
    public async Task Should_go_on_with_the_others_when_one_is_detached()
    {
        using var lanes = new Lanes();
        var gateway = lanes.Attach("a");
        lanes.Attach("b", gateway);

        lanes.Detach("a", gateway);
        lanes.Send("a");
        lanes.Send("b");
        await gateway.UntilOffsetAsync("b", 1);

        Assert.Equal("b", Assert.Single(gateway.Frames).Channel);
    }

    [Fact]
    public async Task Should_deliver_once_to_a_gateway_that_attaches_twice()
    {
        using var lanes = new Lanes();
        var gateway = lanes.Attach("a");
        lanes.Attach("a", gateway);

        lanes.Send("a", 3);
        await gateway.UntilOffsetAsync("a", 3);

        Assert.Equal(3, gateway.Frames.Length);
    }

    [Fact]
    public void Should_refuse_a_gateway_above_the_limit()
    {
        using var lanes = new Lanes(new() { LanesMax = 1 });
        lanes.Attach("a");

        Assert.Throws<LanesFullException>(() => lanes.Attach("a"));
    }

    [Fact]
    public async Task Should_send_nothing_once_the_silo_stops()
    {
        var lanes = new Lanes();
        var gateway = lanes.Attach("a");
        lanes.Send("a");
        await gateway.UntilOffsetAsync("a", 1);

        lanes.Dispose();
        lanes.Send("a");

        Assert.False(lanes.IsAttached("a", gateway));
        Assert.Single(gateway.Frames);
    }

    [Fact]
    public void Should_carry_frames_only()
    {
        var provider = new LiveStreamProvider(sender: null, subscriber: null);

        Assert.Throws<NotSupportedException>(() => provider.GetStream<string>(LiveStreams.StreamOf("a")));
    }

    [Fact]
    public async Task Should_say_so_where_there_is_no_end_to_publish_to_or_subscribe_from()
    {
        var stream = new LiveStreamProvider(sender: null, subscriber: null).GetStream<ChannelFrame>(LiveStreams.StreamOf("a"));
        var frame = new ChannelFrame { Channel = "a", Epoch = "e", PreviousOffset = 0, HeadOffset = 1, Publications = [] };

        await Assert.ThrowsAsync<InvalidOperationException>(() => stream.OnNextAsync(frame));
        await Assert.ThrowsAsync<InvalidOperationException>(() => stream.SubscribeAsync(new IgnoringObserver()));
    }
}
