using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>What is said last is what is so: where an answer says that the connection is attached and it is not any more, the news of that comes behind the answer.</summary>
public sealed class When_a_session_is_sent_out_while_it_is_answered : IDisposable
{
    private readonly FakeGateway _gateway = new();
    private readonly Session _session;
    private readonly RecordingSocket _socket;

    public When_a_session_is_sent_out_while_it_is_answered() => (_session, _socket) = _gateway.Connect();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_be_told_behind_the_answer(bool isSlow)
    {
        await SubscribeAsync();
        if (isSlow)
        {
            _socket.Stall();
            _session.Outbox.Deliver(Answer());
        }

        await SendOutAsync();
        _session.Answer(Answer(), isDone: true);
        _socket.Resume();

        AssertTold(Told.Answer, Told.Detached, before: isSlow ? 1 : 0);
    }

    [Fact]
    public async Task Should_be_told_behind_the_answer_that_is_on_its_way()
    {
        await SubscribeAsync();
        _socket.Writing = message =>
        {
            if (message is AnswerMessage)
                SendOutAsync().GetAwaiter().GetResult();
        };

        _session.Answer(Answer(), isDone: true);

        AssertTold(Told.Answer, Told.Detached);
    }

    [Fact]
    public async Task Should_be_told_at_once_where_no_answer_is_under_way()
    {
        await _gateway.SubscribeAsync(_session, "news");

        await SendOutAsync();

        AssertTold(Told.Detached);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_be_told_behind_a_refusal_of_what_it_had_before_alone(bool hadItBefore)
    {
        if (hadItBefore)
            await _gateway.SubscribeAsync(_session, "news");
        await SubscribeAsync();
        await SendOutAsync();

        _session.Answer(Answer(), isDone: false);

        AssertTold(hadItBefore ? [Told.Answer, Told.Detached] : [Told.Answer]);
    }

    [Fact]
    public async Task Should_not_be_answered_that_it_has_again_what_it_lost_meanwhile()
    {
        var slow = _gateway.Cluster.Channel("later");
        var hold = new TaskCompletionSource();
        slow.RecoveryHold = hold.Task;
        _gateway.Cluster.User("ada").Found = new()
        {
            Parked = new()
            {
                SessionId = "s", KeyHash = [], Door = "test", ForMs = 60_000, Rooms = ["den"],
                Channels = [.. RoomId.ChannelsOf("den").Append("later").Select(static name => new WhatsSound.Users.ParkedChannel { Channel = name })],
            },
        };
        var resuming = _gateway.Resume.ResumeAsync(_session, "s", "key", ResumeFrom.Positions(ImmutableDictionary<string, Position>.Empty));
        await Eventually.BecomesTrueAsync(() => slow.Recoveries > 0);

        await _gateway.Rooms.Stays.RemoveAsync(_session, "den", RefusalCode.Kicked);
        hold.SetResult();
        var resumed = (await resuming).Value!;
        _session.Answer(Answer(), isDone: true);

        Assert.Empty(resumed.Rooms);
        Assert.Equal("later", Assert.Single(resumed.Channels).Channel);
        Assert.Equal(RoomId.ChannelsOf("den").Order(), resumed.Refused.Select(static refused => refused.Channel).Order());
        Assert.All(resumed.Refused, static refused => Assert.Equal((RefusalCode.Kicked, RefusedPart.Subscribe), (refused.Error.Code, refused.What)));
        AssertTold(Told.Answer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_hear_of_what_it_had_before_only_where_the_answer_does_not_attach_it_again(bool isDone)
    {
        await _gateway.SubscribeAsync(_session, "news");
        _session.Hold(_session.FindAttachment("news")!);
        await SendOutAsync();

        await SubscribeAsync();
        _session.Answer(Answer(), isDone);

        AssertTold(isDone ? [Told.Answer] : [Told.Answer, Told.Detached]);
    }

    [Fact]
    public async Task Should_not_be_in_a_room_of_which_it_has_not_all()
    {
        var room = _gateway.Cluster.Room("den");
        var slow = _gateway.Cluster.Channel(RoomId.ChatOf("den"));
        slow.AddAndSend(3);
        room.Positions = room.Positions.SetItem(RoomId.ChatOf("den"), new Position("e1", 3));
        Assert.Null((await JoinAsync("c1")).Refusal);
        _session.Answer(Answer(), isDone: true);
        var hold = new TaskCompletionSource();
        slow.RecoveryHold = hold.Task;
        // The gateway has no more of it, and asks.
        room.Positions = room.Positions.SetItem(RoomId.ChatOf("den"), new Position("e1", 1));
        var joining = JoinAsync("c2");
        await Eventually.BecomesTrueAsync(() => slow.Recoveries > 1);

        // By what was said of it before it joined again.
        await _gateway.Rooms.Stays.RemoveAsync(_session, "den", RefusalCode.Kicked);
        hold.SetResult();

        Assert.Equal(RefusalCode.NotReady, (await joining).Refusal?.Code);
        Assert.Empty(_session.Rooms);
        Assert.Empty(_session.Attachments);
    }

    public void Dispose() => _gateway.Dispose();

    private enum Told
    {
        Answer,
        Detached,
        Other,
    }

    private static AnswerMessage Answer() => new("1", Reply.Of(Done.Value, GatewayJson.Default.Done), WhatsSound.Gateway.Doors.SignalR.JsonHubFormat.Instance);

    private Task<Answer<RoomJoin>> JoinAsync(string commandId) =>
        _gateway.Rooms.JoinAsync(_session, "den", new() { CommandId = commandId, UserId = "ada", Action = new JoinRoom() }, default, since: null);

    private async Task SubscribeAsync() =>
        Assert.False((await _gateway.Channels.SubscribeAsync(_session, "news", new AttachRequest(new RecoverRequest()))).IsRefused);

    private Task SendOutAsync() => _gateway.Channels.DetachAsync(_session, _session.FindAttachment("news")!, RefusalCode.Kicked);

    private void AssertTold(params Told[] expected) => Assert.Equal(expected, AllTold());

    private void AssertTold(Told first, Told second, int before) => Assert.Equal([first, second], AllTold().Skip(before));

    private IEnumerable<Told> AllTold() => _socket.Messages.Select(static message => message switch
    {
        AnswerMessage => Told.Answer,
        DetachedMessage => Told.Detached,
        _ => Told.Other,
    });
}
