using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Doors.SignalR;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Delivery;

/// <summary>From the moment when a request has attached a session until it is answered, the session gets nothing of the channel.</summary>
public sealed class When_an_answer_is_under_way : IAsyncLifetime
{
    private readonly FakeGateway _gateway = new(new DeliveryOptions { WindowPublicationsMax = 8, HeldBytesMax = 1024 });
    private readonly Session _session;
    private readonly RecordingSocket _socket;

    public When_an_answer_is_under_way() => (_session, _socket) = _gateway.Connect();

    private FakeChannel Channel => _gateway.Cluster.Channel("news");

    public async ValueTask InitializeAsync()
    {
        Channel.AddAndSend(3);
        await _gateway.SubscribeAsync(_session, "news");
    }

    public ValueTask DisposeAsync()
    {
        _gateway.Dispose();
        return default;
    }

    [Fact]
    public async Task Should_get_the_frames_above_its_position_behind_it()
    {
        Channel.AddAndSend(1);
        var answer = await SubscribeAgainAsync();
        Channel.AddAndSend(2);

        _session.Answer(Answer(), isDone: true);
        Channel.AddAndSend(1);

        Assert.Equal(4, answer.Position.Offset);
        Assert.Equal([4L], OffsetsBefore());
        Assert.Equal([5L, 6, 7], OffsetsBehind());
    }

    [Fact]
    public async Task Should_forget_what_waits_at_or_below_its_position()
    {
        _socket.Stall();
        Channel.AddAndSend(1);
        Channel.AddAndSend(1);
        await SubscribeAgainAsync();
        _session.Answer(Answer(), isDone: true);

        _socket.Resume();
        Channel.AddAndSend(1);

        Assert.Equal([4L], OffsetsBefore());
        Assert.Equal([6L], OffsetsBehind());
    }

    [Fact]
    public async Task Should_go_on_as_before_when_it_was_refused()
    {
        _session.Hold(_session.FindAttachment("news")!);
        Channel.AddAndSend(2);
        await SubscribeAgainAsync();
        Channel.AddAndSend(1);
        Assert.Empty(_socket.Messages);

        _session.Answer(Answer(), isDone: false);

        Assert.Equal([4L, 5, 6], OffsetsBehind());
    }

    [Fact]
    public async Task Should_be_told_of_what_was_too_much_to_be_kept_meanwhile()
    {
        await SubscribeAgainAsync();
        Channel.AddAndSend(20);

        _session.Answer(Answer(), isDone: true);
        Channel.AddAndSend(1);

        var lost = Assert.Single(_socket.Messages.OfType<LostMessage>()).Lost;
        Assert.Equal((4L, 23L, 23L), (lost.LostFrom, lost.LostTo, lost.Position.Offset));
        Assert.Equal([24L], OffsetsBehind());
    }

    [Fact]
    public async Task Should_get_nothing_more_of_a_channel_that_it_has_left()
    {
        _socket.Stall();
        Channel.AddAndSend(1);
        Channel.AddAndSend(1);

        await _gateway.Channels.UnsubscribeAsync(_session, "news");
        _session.Answer(Answer(), isDone: true);
        _socket.Resume();

        Assert.Equal([4L], _socket.Offsets);
    }

    [Fact]
    public async Task Should_ask_nothing_more_while_too_many_answers_wait()
    {
        _socket.Stall();
        for (var i = 0; i < new SessionLimits().OutboxAnswersMax; i++)
        {
            Assert.True(_session.Outbox.WhenAnswersGoAsync().IsCompleted);
            _session.Answer(Answer(), isDone: true);
        }

        _session.Answer(Answer(), isDone: true);
        var going = _session.Outbox.WhenAnswersGoAsync();
        Assert.False(going.IsCompleted);
        _socket.Resume();

        await going;
        Assert.Equal(new SessionLimits().OutboxAnswersMax + 1, _socket.Messages.Count());
    }

    [Fact]
    public async Task Should_wait_for_no_answer_once_the_connection_is_gone()
    {
        _socket.Stall();
        for (var i = 0; i <= new SessionLimits().OutboxAnswersMax; i++)
            _session.Answer(Answer(), isDone: true);
        var going = _session.Outbox.WhenAnswersGoAsync();

        _session.End();

        await going;
    }

    private static AnswerMessage Answer() => new("1", Reply.Of(Done.Value, GatewayJson.Default.Done), JsonHubFormat.Instance);

    private async Task<Recovery> SubscribeAgainAsync()
    {
        var answer = await _gateway.Channels.SubscribeAsync(_session, "news", new AttachRequest(new RecoverRequest()));
        Assert.Null(answer.Refusal);
        return answer.Value!;
    }

    private IEnumerable<long> OffsetsBefore() => OffsetsOf(_socket.Messages.TakeWhile(static message => message is not AnswerMessage));

    private IEnumerable<long> OffsetsBehind() => OffsetsOf(_socket.Messages.SkipWhile(static message => message is not AnswerMessage));

    private static IEnumerable<long> OffsetsOf(IEnumerable<OutgoingMessage> messages) =>
        messages.OfType<FrameMessage>().SelectMany(static message => message.Frame.Publications).Select(static publication => publication.Offset);
}
