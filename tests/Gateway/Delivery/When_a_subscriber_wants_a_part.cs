using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Publications;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Delivery;

public sealed class When_a_subscriber_wants_a_part : IDisposable
{
    private const string News = "news";
    private readonly FakeGateway _gateway = new(new DeliveryOptions { HeldBytesMax = 2_000 });

    private FakeChannel Channel => _gateway.Cluster.Channel(News);

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task Should_not_get_what_another_filter_with_a_like_name_gets()
    {
        var (attacker, _) = _gateway.Connect("eve");
        var (victim, socket) = _gateway.Connect();
        await SubscribeAsync(attacker, new MessageFilter(["edited\u001fsaid"], []));
        await SubscribeAsync(victim, new MessageFilter(["edited", "said"], []));

        Send("said");

        Assert.Equal([1L], socket.Offsets);
    }

    [Fact]
    public async Task Should_share_one_message_with_all_who_want_the_same_though_something_was_left_out_before()
    {
        var (first, firstSocket) = _gateway.Connect();
        var (second, secondSocket) = _gateway.Connect();
        await SubscribeAsync(first, new MessageFilter(["goal"], []));
        await SubscribeAsync(second, new MessageFilter(["goal"], []));

        Send("said", "goal");

        Assert.Same(Assert.Single(firstSocket.Messages), Assert.Single(secondSocket.Messages));
        Assert.Equal((0L, 2L), Span(Assert.Single(firstSocket.Frames)));
    }

    [Fact]
    public async Task Should_be_told_how_far_the_channel_has_come_after_a_time_where_nothing_passes()
    {
        var (session, socket) = _gateway.Connect();
        await SubscribeAsync(session, new MessageFilter(["goal"], []));
        Send("said");

        for (var round = 0; round < 9; round++)
            await _gateway.RenewAsync();
        Assert.Empty(socket.Frames);
        await _gateway.RenewAsync();

        var told = Assert.Single(socket.Frames);
        Assert.Equal((0L, 1L), Span(told));
        Assert.Empty(told.Publications);
        await _gateway.RenewAsync();
        Assert.Single(socket.Frames);
    }

    [Fact]
    public void Should_be_told_four_times_in_what_the_channel_remembers()
    {
        var rule = new ChannelRule { Pattern = "*", HistoryCountMax = 8, HistoryAge = TimeSpan.FromSeconds(20) };

        var wants = Wants.Of(filter: null, "c1", rule);

        Assert.Equal((2, TimeSpan.FromSeconds(5)), (wants.UntoldMax, wants.UntoldFor));
    }

    [Fact]
    public async Task Should_be_told_before_the_channel_forgets_what_is_large()
    {
        var (session, socket) = _gateway.Connect();
        await SubscribeAsync(session, new MessageFilter(["goal"], []));

        // A quarter of the megabyte that can be recovered.
        for (var i = 0; i < 5; i++)
            Channel.AddAndSend("said", bytes: 64 * 1024);

        Assert.Equal((0L, 4L), Span(Assert.Single(socket.Frames)));
    }

    [Fact]
    public void Should_be_told_apart_by_what_they_ask_for()
    {
        var filters = Enumerable.Range(0, 1_000).Select(i => new MessageFilter([], [new("kind", $"{i}")])).ToList();

        // Those that a dictionary has to compare: their hashes are one.
        var comparisons = filters.GroupBy(filter => filter.GetHashCode()).Sum(same => same.Count() * (same.Count() - 1) / 2);

        Assert.InRange(comparisons, 0, 10);
        Assert.Equal(filters[7], new MessageFilter([], [new("kind", "7")]));
        Assert.Equal(filters[7].GetHashCode(), new MessageFilter([], [new("kind", "7")]).GetHashCode());
    }

    [Fact]
    public async Task Should_still_want_it_after_a_request_that_failed()
    {
        var (session, socket) = _gateway.Connect();
        await SubscribeAsync(session, new MessageFilter(["goal"], []));
        Send("said");
        session.Hold(session.FindAttachment(News)!);
        await _gateway.Channels.AttachAsync(session, News, new AttachRequest(new RecoverRequest()));
        Send("said", "goal");

        session.Answer(answer: null, isDone: false);

        Assert.Equal([3L], socket.Offsets);
        AssertWhole(socket, 0);
    }

    [Fact]
    public async Task Should_still_get_its_part_where_more_came_during_a_request_than_is_held()
    {
        var (session, socket) = _gateway.Connect();
        await SubscribeAsync(session, new MessageFilter(["goal"], []));
        session.Hold(session.FindAttachment(News)!);
        Send([.. Enumerable.Repeat("said", 20), .. Enumerable.Repeat("goal", 20)]);

        session.Answer(answer: null, isDone: true);

        Assert.Equal(Enumerable.Range(21, 20).Select(offset => (long)offset), socket.Offsets);
        AssertWhole(socket, 0);
    }

    [Fact]
    public async Task Should_be_told_what_it_lost_of_what_it_asked_for_where_more_came_than_is_held()
    {
        Channel.Add(3);
        var (session, socket) = _gateway.Connect();
        await _gateway.Channels.AttachAsync(session, News, new AttachRequest(new RecoverRequest { Since = new("e1", 1) }, IsCatchUpDelivered: true));
        Channel.AddAndSend(40);

        session.Answer(answer: null, isDone: true);

        // Of what came before the feed was there, only what was held could have been delivered.
        var lost = Assert.IsType<LostMessage>(Assert.Single(socket.Messages)).Lost;
        Assert.Equal((2L, 43L, new Position("e1", 43)), (lost.LostFrom, lost.LostTo, lost.Position));
    }

    private static (long, long) Span(ChannelFrame frame) => (frame.PreviousOffset, frame.HeadOffset);

    private static void AssertWhole(RecordingSocket socket, long begin)
    {
        foreach (var frame in socket.Frames)
        {
            Assert.Equal(begin, frame.PreviousOffset);
            begin = frame.HeadOffset;
        }
    }

    private async Task SubscribeAsync(Session session, MessageFilter filter)
    {
        var wants = _gateway.Channels.WantsOf(News, filter, notOf: null);
        var answer = await _gateway.Channels.SubscribeAsync(session, News, new AttachRequest(new RecoverRequest(), Wants: wants));
        Assert.Null(answer.Refusal);
        session.Answer(answer: null, isDone: true);
    }

    /// <summary>A frame of publications of these events for each.</summary>
    private void Send(params string[] events) => Channel.AddAndSend(events);
}
