namespace WhatsSound.Tests.Grains.Streams;

public sealed class When_a_silo_stops_its_lanes
{
    [Fact]
    public async Task Should_wait_until_what_is_queued_is_sent()
    {
        using var lanes = new Lanes();
        var gateway = lanes.Attach("a");
        gateway.Block();
        lanes.Send("a");
        await gateway.UntilAsync(batches => batches.Count == 1);
        lanes.Send("a", 3);

        var stopped = lanes.Hub.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(stopped.IsCompleted);
        gateway.Unblock();
        await stopped;

        Assert.Equal(4, gateway.Frames.Length);
    }

    [Fact]
    public async Task Should_give_up_a_gateway_that_does_not_answer_in_time()
    {
        using var lanes = new Lanes();
        var gateway = lanes.Attach("a");
        gateway.Block();
        lanes.Send("a");
        await gateway.UntilAsync(batches => batches.Count == 1);

        var stopped = lanes.Hub.StopAsync(TestContext.Current.CancellationToken);
        lanes.Time.Advance(lanes.Hub.Options.StopTimeout);
        await stopped;

        Assert.True(lanes.Hub.Stopping.IsCancellationRequested);
        Assert.False(lanes.IsAttached("a", gateway));
    }

    [Fact]
    public async Task Should_send_what_a_stream_left_behind_when_it_detached()
    {
        using var lanes = new Lanes();
        var gateway = lanes.Attach("a");
        gateway.Block();
        lanes.Send("a");
        await gateway.UntilAsync(batches => batches.Count == 1);
        lanes.Send("a", 2);

        lanes.Hub.DetachAll(WhatsSound.Streams.LiveStreams.StreamOf("a"));
        lanes.Send("a");
        gateway.Unblock();
        await lanes.Hub.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal([1L, 2, 3], gateway.Publications.Select(publication => publication.Offset));
    }
}
