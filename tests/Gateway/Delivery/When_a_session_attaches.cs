using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Publications;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Delivery;

public sealed class When_a_session_attaches : IAsyncLifetime
{
    private readonly FakeGateway _gateway = new(new DeliveryOptions { WindowPublicationsMax = 4 });

    private FakeChannel Channel => _gateway.Cluster.Channel("news");

    public async ValueTask InitializeAsync()
    {
        Channel.Add(10);
        Channel.Send();
        await _gateway.SubscribeAsync(_gateway.Connect().Session, "news");
        Channel.AddAndSend(3);
    }

    [Fact]
    public async Task Should_start_at_the_head_without_a_position()
    {
        var recovery = await _gateway.SubscribeAsync(_gateway.Connect().Session, "news");

        Assert.Equal(Verdict.Live, recovery.Verdict);
        Assert.Equal(new Position("e1", 13), recovery.Position);
        Assert.Empty(recovery.Publications);
    }

    [Fact]
    public async Task Should_read_the_gap_from_the_window_without_a_call()
    {
        var before = Channel.Recoveries;

        var recovery = await _gateway.SubscribeAsync(_gateway.Connect().Session, "news", new Position("e1", 11));

        Assert.Equal(Verdict.Recovered, recovery.Verdict);
        Assert.Equal([12L, 13], recovery.Publications.Select(one => one.Offset));
        Assert.Equal(before, Channel.Recoveries);
    }

    [Fact]
    public async Task Should_read_an_older_gap_from_the_channel()
    {
        var recovery = await _gateway.SubscribeAsync(_gateway.Connect().Session, "news", new Position("e1", 2));

        Assert.Equal(Verdict.Recovered, recovery.Verdict);
        Assert.Equal(Enumerable.Range(3, 11).Select(offset => (long)offset), recovery.Publications.Select(one => one.Offset));
    }

    [Fact]
    public async Task Should_not_get_what_the_answer_had_when_the_feed_is_behind_the_channel()
    {
        Channel.Add(2);
        var (session, socket) = _gateway.Connect();

        var recovery = await _gateway.SubscribeAsync(session, "news", new Position("e1", 2));
        Channel.Send();
        Channel.AddAndSend(1);

        Assert.Equal(15, recovery.Position.Offset);
        Assert.Equal([16L], socket.Offsets);
    }

    [Fact]
    public async Task Should_get_in_the_answer_what_the_feed_delivered_while_the_channel_answered()
    {
        var hold = new TaskCompletionSource();
        Channel.RecoveryHold = hold.Task;
        var (session, socket) = _gateway.Connect();
        var before = Channel.Recoveries;
        var subscribing = _gateway.SubscribeAsync(session, "news", new Position("e1", 2));
        await Eventually.BecomesTrueAsync(() => Channel.Recoveries > before);

        Channel.AddAndSend(2);
        hold.SetResult();
        var recovery = await subscribing;
        Channel.AddAndSend(1);

        Assert.Equal(15, recovery.Publications[^1].Offset);
        Assert.Equal([16L], socket.Offsets);
    }

    [Fact]
    public async Task Should_be_told_when_the_position_is_gone()
    {
        Channel.ForgottenUpTo = 8;

        var recovery = await _gateway.SubscribeAsync(_gateway.Connect().Session, "news", new Position("e1", 2));

        Assert.Equal(Verdict.Lost, recovery.Verdict);
        Assert.Equal((3L, 8L), (recovery.LostFrom, recovery.LostTo));
    }

    [Fact]
    public async Task Should_be_told_when_the_position_is_of_the_future()
    {
        var recovery = await _gateway.SubscribeAsync(_gateway.Connect().Session, "news", new Position("e1", 99));

        Assert.Equal(Verdict.Lost, recovery.Verdict);
    }

    [Fact]
    public async Task Should_get_a_frame_of_the_gap_where_the_answer_is_a_snapshot()
    {
        var (session, socket) = _gateway.Connect();
        var request = new AttachRequest(new RecoverRequest { Since = new Position("e1", 12) }, IsCatchUpDelivered: true);

        var answer = await _gateway.Channels.SubscribeAsync(session, "news", request);
        Channel.AddAndSend(1);

        Assert.Empty(answer.Value!.Publications);
        Assert.Equal([13L, 14], socket.Offsets);
    }

    [Fact]
    public async Task Should_move_and_stay_one_when_it_is_attached_already()
    {
        var (session, socket) = _gateway.Connect();
        await _gateway.SubscribeAsync(session, "news");

        await _gateway.SubscribeAsync(session, "news", new Position("e1", 12));
        Channel.AddAndSend(1);

        Assert.Equal([14L], socket.Offsets);
        Assert.Equal(1, session.AttachmentCount);
    }

    [Fact]
    public async Task Should_find_a_new_feed_after_the_old_one_closed()
    {
        var weather = _gateway.Cluster.Channel("weather");
        var (session, _) = _gateway.Connect();
        await _gateway.SubscribeAsync(session, "weather");
        await _gateway.Channels.UnsubscribeAsync(session, "weather");
        _gateway.Time.Advance(TimeSpan.FromMinutes(1));
        await _gateway.Feeds.CloseIdleAsync();
        Assert.False(weather.HasLane);

        var (next, socket) = _gateway.Connect();
        await _gateway.SubscribeAsync(next, "weather");
        weather.AddAndSend(1);

        Assert.Equal([1L], socket.Offsets);
    }

    [Fact]
    public async Task Should_be_refused_beyond_the_bound()
    {
        using var gateway = new FakeGateway(limits: new() { ChannelsMax = 2 });
        var (session, _) = gateway.Connect();
        await gateway.SubscribeAsync(session, "a");
        await gateway.SubscribeAsync(session, "b");

        var answer = await gateway.Channels.SubscribeAsync(session, "c", new AttachRequest(new RecoverRequest()));

        Assert.Equal(RefusalCode.SubscriptionLimit, answer.Refusal?.Code);
        Assert.Equal("2", answer.Refusal?.Detail);
    }

    public ValueTask DisposeAsync()
    {
        _gateway.Dispose();
        return ValueTask.CompletedTask;
    }
}
