using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Rooms;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>Whatever hangs, a request is answered before its client gives the connection up, and the next one is carried out; what comes of it later attaches nobody.</summary>
public sealed class When_a_request_takes_too_long : IDisposable
{
    private readonly FakeGateway _gateway = new(rules: new ChannelRule { Pattern = "lobby", Presence = true });
    private readonly Session _session;
    private readonly RecordingSocket _socket;
    private readonly TaskCompletionSource _hold = new();

    public When_a_request_takes_too_long() => (_session, _socket) = _gateway.Connect();

    [Fact]
    public async Task Should_not_be_attached_by_a_channel_that_answers_later()
    {
        var channel = _gateway.Cluster.Channel("news");
        (channel.AttachHold, channel.DetachHold) = (_hold.Task, _hold.Task);

        await AssertTimesOutAsync(call => call.Services.Channels.SubscribeAsync(call.Session, "news", new AttachRequest(new RecoverRequest())), Recovered);

        _hold.SetResult();
        await Eventually.BecomesTrueAsync(() => !channel.HasLane);
        Assert.Empty(_session.Attachments);
    }

    [Fact]
    public async Task Should_not_be_in_a_room_that_answers_later()
    {
        var room = _gateway.Cluster.Room("den");
        room.Hold = _hold.Task;

        await AssertTimesOutAsync(call => call.Services.Rooms.JoinAsync(call.Session, "den", Command(), default, since: null), Joined);

        _hold.SetResult();
        await Eventually.BecomesTrueAsync(() => _gateway.Cluster.Channel("room:den").Exits.Count > 0);
        Assert.Empty(_session.Rooms);
        Assert.Empty(_session.Attachments);
        Assert.True(Assert.Single(_gateway.Cluster.Channel("room:den").Exits).Abrupt);
    }

    [Fact]
    public async Task Should_have_left_a_room_that_does_not_answer()
    {
        Assert.Null((await _gateway.Rooms.JoinAsync(_session, "den", Command(), default, since: null)).Refusal);
        _session.Answer(answer: null, isDone: true);
        _gateway.Cluster.Room("den").Hold = _hold.Task;
        _gateway.Cluster.Channel("room:den").LeaveHold = _hold.Task;

        await AssertTimesOutAsync(call => call.Services.Rooms.LeaveAsync(call.Session, "den", Command()), static _ => Done.Value);

        Assert.Empty(_session.Rooms);
        Assert.Empty(_session.Attachments);
    }

    [Fact]
    public Task Should_be_answered_whatever_it_is() => AssertTimesOutAsync(async _ =>
    {
        await _hold.Task;
        return (Answer<Done>)Done.Value;
    }, static done => done);

    [Fact]
    public async Task Should_have_left_a_channel_that_cannot_be_told()
    {
        await _gateway.SubscribeAsync(_session, "lobby");
        Assert.False((await _gateway.Channels.EnterAsync(_session, "lobby", default)).IsRefused);
        var lobby = _gateway.Cluster.Channel("lobby");
        lobby.LeaveHold = _hold.Task;

        var leaving = _gateway.Calls.RunAsync(_session, "1", Request(call => call.Services.Channels.UnsubscribeAsync(call.Session, "lobby"), static done => done), "");
        Assert.Empty(_socket.Messages);
        _gateway.Time.Advance(new DeliveryOptions().CallTimeout);
        await leaving;

        Assert.Null(Assert.IsType<AnswerMessage>(Assert.Single(_socket.Messages)).Reply.Refusal);
        Assert.Empty(_session.Attachments);
        Assert.Single(lobby.Exits);
        Assert.True(_gateway.Feeds.Presence.IsSettled("lobby"));
    }

    [Fact]
    public async Task Should_try_again_to_tell_a_channel_that_moves()
    {
        await _gateway.SubscribeAsync(_session, "lobby");
        Assert.False((await _gateway.Channels.EnterAsync(_session, "lobby", default)).IsRefused);
        var lobby = _gateway.Cluster.Channel("lobby");
        lobby.LeaveHold = Task.FromException(new OrleansException("It is moving."));

        Assert.False((await _gateway.Channels.LeaveAsync(_session, "lobby")).IsRefused);

        Assert.Equal(3, lobby.Exits.Count);
    }

    public void Dispose()
    {
        _hold.TrySetResult();
        _gateway.Dispose();
    }

    private static RoomCommand Command() => new() { CommandId = "c1", UserId = "ada", Action = new JoinRoom() };

    private static Done Recovered(Recovery recovery) => Done.Value;

    private static Done Joined(RoomJoin join) => Done.Value;

    private static TypedRequest<string, Done> Request<T>(Func<Call, Task<Answer<T>>> run, Func<T, Done> done)
        where T : class =>
        new("Test", CallKind.Anonymous, static _ => "", refuse: null, async (call, _) => await run(call) is { IsRefused: false } answer ? done(answer.Value) : RefusedAnswer(), GatewayJson.Default.Done);

    private static Answer<Done> RefusedAnswer() => Refusals.Final("REFUSED", "It was refused.");

    private async Task AssertTimesOutAsync<T>(Func<Call, Task<Answer<T>>> run, Func<T, Done> done)
        where T : class
    {
        var slow = _gateway.Calls.RunAsync(_session, "1", Request(run, done), "");
        var next = _gateway.Calls.RunAsync(_session, "2", Request(static _ => Task.FromResult<Answer<Done>>(Done.Value), static one => one), "");
        Assert.Empty(_socket.Messages);
        for (var i = 0; i < 9; i++)
            _gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(slow, next).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        var answers = _socket.Messages.Cast<AnswerMessage>().ToList();
        Assert.Equal([("1", RefusalCode.Timeout), ("2", null)], answers.Select(static answer => ((string)answer.Reference, answer.Reply.Refusal?.Code)));
    }
}
