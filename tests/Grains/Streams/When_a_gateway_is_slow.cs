using WhatsSound.Publications;

namespace WhatsSound.Tests.Grains.Streams;

public sealed class When_a_gateway_is_slow
{
    private const string Channel = "a:b";

    [Fact]
    public async Task Should_not_delay_the_others()
    {
        using var lanes = new Lanes();
        var slow = lanes.Attach(Channel);
        var quick = lanes.Attach(Channel);
        slow.Block();

        lanes.Send(Channel, 1_000);
        await quick.UntilOffsetAsync(Channel, 1_000);

        Assert.Equal(1_000, quick.Frames.Length);
        Assert.True(slow.Batches.Count <= 1);
    }

    [Fact]
    public async Task Should_have_one_batch_in_flight_and_put_the_rest_into_the_next()
    {
        using var lanes = new Lanes();
        var gateway = lanes.Attach(Channel);
        gateway.Block();

        lanes.Send(Channel);
        await gateway.UntilOffsetAsync(Channel, 1);
        lanes.Send(Channel, 50);
        Assert.Single(gateway.Batches);
        gateway.Unblock();
        await gateway.UntilOffsetAsync(Channel, 51);

        Assert.Equal([1, 50], gateway.Batches.Select(batch => batch.Frames.Length));
        Assert.Equal([1L, 2L], gateway.Batches.Select(batch => batch.Sequence));
    }

    [Fact]
    public async Task Should_keep_a_batch_within_its_bytes()
    {
        using var lanes = new Lanes(new() { BatchBytesMax = 2_048 });
        var gateway = lanes.Attach(Channel);
        gateway.Block();

        lanes.Send(Channel);
        await gateway.UntilOffsetAsync(Channel, 1);
        lanes.Send(Channel, 4, bytes: 800);
        gateway.Unblock();
        await gateway.UntilOffsetAsync(Channel, 5);

        Assert.Equal([1, 2, 2], gateway.Batches.Select(batch => batch.Frames.Length));
    }

    [Fact]
    public async Task Should_skip_a_number_after_a_batch_without_an_answer_though_nothing_more_is_sent()
    {
        using var lanes = new Lanes();
        var gateway = lanes.Attach(Channel);
        gateway.Block();

        lanes.Send(Channel);
        await lanes.Time.UntilTimersAsync(1);
        lanes.Time.Advance(TimeSpan.FromSeconds(2));
        await lanes.Time.UntilTimersAsync(1);
        gateway.Unblock();
        lanes.Time.Advance(TimeSpan.FromMilliseconds(250));
        await gateway.UntilAsync(batches => batches.Count == 2);

        Assert.Equal([1L, 3L], gateway.Batches.Select(batch => batch.Sequence));
        Assert.Equal([(Channel, 1L, 1L, 0)], gateway.Batches[1].Frames.Select(Told));
    }

    [Fact]
    public async Task Should_be_told_how_far_the_channels_had_come_whose_frames_were_lost()
    {
        using var lanes = new Lanes(new() { RetryPause = TimeSpan.Zero, QueueFramesMax = 2 });
        var gateway = lanes.Attach(Channel);
        lanes.Attach("c:d", gateway);
        lanes.Attach("e:f", gateway);
        gateway.Block();

        lanes.Send(Channel);
        await gateway.UntilOffsetAsync(Channel, 1);
        lanes.Send(Channel);
        lanes.Send("c:d");
        lanes.Send("e:f", 2);
        gateway.Unblock();
        await gateway.UntilOffsetAsync("e:f", 2);

        Assert.Equal([(Channel, 2L, 2L, 0), ("c:d", 1L, 1L, 0), ("e:f", 0L, 1L, 1), ("e:f", 1L, 2L, 1)], gateway.Batches[1].Frames.Select(Told));
    }

    [Fact]
    public async Task Should_drop_what_waits_and_skip_a_number_when_the_queue_overflows()
    {
        using var lanes = new Lanes(new() { QueueFramesMax = 10 });
        var gateway = lanes.Attach(Channel);
        gateway.Block();

        lanes.Send(Channel);
        await gateway.UntilOffsetAsync(Channel, 1);
        lanes.Send(Channel, 25);
        gateway.Unblock();
        await gateway.UntilOffsetAsync(Channel, 26);

        Assert.True(gateway.Batches[1].Sequence > gateway.Batches[0].Sequence + 1);
        Assert.Equal(Enumerable.Range(22, 5).Select(offset => (long)offset), gateway.Batches[1].Frames.Select(frame => frame.HeadOffset));
    }

    [Fact]
    public async Task Should_drop_what_waits_when_its_bytes_overflow()
    {
        using var lanes = new Lanes(new() { QueueBytesMax = 10_000, BatchBytesMax = 10_000 });
        var gateway = lanes.Attach(Channel);
        gateway.Block();

        lanes.Send(Channel);
        await gateway.UntilOffsetAsync(Channel, 1);
        lanes.Send(Channel, 12, bytes: 872);
        gateway.Unblock();
        await gateway.UntilOffsetAsync(Channel, 13);

        Assert.Equal(2, gateway.Batches[1].Frames.Length);
    }

    [Fact]
    public async Task Should_give_it_up_after_three_batches_in_a_row()
    {
        using var lanes = new Lanes(new() { RetryPause = TimeSpan.Zero });
        var gateway = lanes.Attach(Channel);
        gateway.Fail(new InvalidOperationException("The gateway is gone."));

        lanes.Send(Channel);
        await gateway.UntilAsync(batches => batches.Count == 3);
        await Eventually.BecomesTrueAsync(() => !lanes.IsAttached(Channel, gateway));

        Assert.Equal([1L, 3L, 5L], gateway.Batches.Select(batch => batch.Sequence));
    }

    [Fact]
    public async Task Should_begin_anew_when_it_attaches_again()
    {
        using var lanes = new Lanes(new() { RetryPause = TimeSpan.Zero, FailuresMax = 1 });
        var gateway = lanes.Attach(Channel);
        gateway.Fail(new InvalidOperationException("The gateway is gone."));
        lanes.Send(Channel);
        await Eventually.BecomesTrueAsync(() => !lanes.IsAttached(Channel, gateway));

        gateway.Fail(null);
        lanes.Attach(Channel, gateway);
        lanes.Send(Channel);
        await gateway.UntilOffsetAsync(Channel, 2);

        Assert.NotEqual(gateway.Batches[0].LaneId, gateway.Batches[1].LaneId);
        Assert.Equal(1, gateway.Batches[1].Sequence);
    }

    private static (string Channel, long Previous, long Head, int Count) Told(ChannelFrame frame) => (frame.Channel, frame.PreviousOffset, frame.HeadOffset, frame.Publications.Length);
}
