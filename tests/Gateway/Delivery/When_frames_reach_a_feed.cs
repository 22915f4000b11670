using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Delivery;

public sealed class When_frames_reach_a_feed : IDisposable
{
    private readonly FakeGateway _gateway = new();

    private FakeChannel Channel => _gateway.Cluster.Channel("news");

    [Fact]
    public async Task Should_deliver_them_in_order()
    {
        var (session, socket) = _gateway.Connect();
        await _gateway.SubscribeAsync(session, "news");

        Channel.AddAndSend(2);
        Channel.AddAndSend(1);

        Assert.Equal([1L, 2, 3], socket.Offsets);
    }

    [Fact]
    public async Task Should_take_one_subscription_for_all_sessions()
    {
        var sockets = new List<RecordingSocket>();
        for (var i = 0; i < 3; i++)
        {
            var (session, socket) = _gateway.Connect();
            await _gateway.SubscribeAsync(session, "news");
            sockets.Add(socket);
        }

        Channel.AddAndSend(1);

        Assert.Equal(1, Channel.Recoveries);
        Assert.All(sockets, socket => Assert.Equal([1L], socket.Offsets));
    }

    [Fact]
    public async Task Should_hand_all_sessions_the_same_message()
    {
        var (first, firstSocket) = _gateway.Connect();
        var (second, secondSocket) = _gateway.Connect();
        await _gateway.SubscribeAsync(first, "news");
        await _gateway.SubscribeAsync(second, "news");

        Channel.AddAndSend(1);

        Assert.Same(Assert.Single(firstSocket.Messages), Assert.Single(secondSocket.Messages));
    }

    [Fact]
    public async Task Should_drop_a_frame_that_comes_again()
    {
        var (session, socket) = _gateway.Connect();
        await _gateway.SubscribeAsync(session, "news");
        Channel.AddAndSend(2);

        Channel.SendRaw(Sample.Frame(0, 2));

        Assert.Equal([1L, 2], socket.Offsets);
    }

    [Fact]
    public async Task Should_deliver_only_what_is_new_of_a_frame_that_overlaps()
    {
        var (session, socket) = _gateway.Connect();
        await _gateway.SubscribeAsync(session, "news");
        Channel.AddAndSend(2);

        Channel.SendRaw(Sample.Frame(1, 3));

        Assert.Equal([1L, 2, 3], socket.Offsets);
    }

    [Fact]
    public async Task Should_not_deliver_to_a_session_that_unsubscribed()
    {
        var (session, socket) = _gateway.Connect();
        await _gateway.SubscribeAsync(session, "news");
        await _gateway.Channels.UnsubscribeAsync(session, "news");

        Channel.AddAndSend(1);

        Assert.Empty(socket.Messages);
    }

    [Fact]
    public async Task Should_not_be_held_up_by_a_stalled_socket()
    {
        var (stalled, stalledSocket) = _gateway.Connect();
        var (other, otherSocket) = _gateway.Connect();
        await _gateway.SubscribeAsync(stalled, "news");
        await _gateway.SubscribeAsync(other, "news");
        stalledSocket.Stall();

        for (var i = 0; i < 10; i++)
            Channel.AddAndSend(1);

        Assert.Equal(10, otherSocket.Offsets.Count());
        Assert.Equal([1L], stalledSocket.Offsets);
        stalledSocket.Resume();
        Assert.Equal(10, stalledSocket.Offsets.Count());
    }

    [Fact]
    public async Task Should_hold_back_those_that_come_while_the_feed_opens()
    {
        var (session, socket) = _gateway.Connect();
        var hold = new TaskCompletionSource();
        Channel.RecoveryHold = hold.Task;
        Channel.Add(1);
        var subscribing = _gateway.SubscribeAsync(session, "news");
        await Eventually.BecomesTrueAsync(() => Channel.Recoveries == 1);

        Channel.AddAndSend(2);
        hold.SetResult();
        var recovery = await subscribing;

        Assert.Equal(recovery.Position.Offset + 1, socket.Offsets.FirstOrDefault(4));
        Assert.Equal(3, socket.Offsets.LastOrDefault(recovery.Position.Offset));
    }

    public void Dispose() => _gateway.Dispose();
}
