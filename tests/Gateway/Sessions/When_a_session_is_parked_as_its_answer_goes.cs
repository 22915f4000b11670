using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>The connection is lost when the answer that attaches it is out, and what follows it is not. The client may have that answer.</summary>
public sealed class When_a_session_is_parked_as_its_answer_goes : IDisposable
{
    private static readonly ImmutableDictionary<string, Position> Positions =
        RoomId.ChannelsOf("den").ToImmutableDictionary(static name => name, static _ => new Position("e1", 2), StringComparer.Ordinal);

    private readonly FakeGateway _gateway = new();
    private readonly Session _session;
    private readonly RecordingSocket _socket;
    private Task? _ending;

    public When_a_session_is_parked_as_its_answer_goes()
    {
        foreach (var channel in RoomId.ChannelsOf("den").Append("news"))
            _gateway.Cluster.Channel(channel).AddAndSend(3);
        _gateway.Cluster.Room("den").Positions = Positions;
        (_session, _socket) = _gateway.Connect();
    }

    [Fact]
    public async Task Should_be_in_the_room_that_it_was_answered_to_have_joined()
    {
        var key = (await _gateway.Resume.OfferAsync(_session)).Value!;
        var command = new RoomCommand { CommandId = "c1", UserId = "ada", Action = new JoinRoom() };
        Assert.False((await _gateway.Rooms.JoinAsync(_session, "den", command, default, since: null)).IsRefused);

        var parked = await ParkWhileAnsweringAsync(isDone: true);

        Assert.Equal(["den"], parked!.Rooms);
        Assert.Equal(Positions.OrderBy(static one => one.Key), parked.Channels.Select(static channel => KeyValuePair.Create(channel.Channel, channel.Sent!.Value)).OrderBy(static one => one.Key));
        _gateway.Cluster.User("ada").Found = new() { Parked = parked };
        var resumed = (await _gateway.Resume.ResumeAsync(_gateway.Connect().Session, key.SessionId, key.Key, ResumeFrom.Positions(Positions))).Value!;
        Assert.Equal(["den"], resumed.Rooms);
        Assert.Empty(resumed.Refused);
        Assert.Equal(4, resumed.Channels.Count(static channel => channel.Verdict == Verdict.Recovered && channel.Publications.Length == 1));
    }

    [Fact]
    public async Task Should_have_the_channel_that_it_was_answered_to_have_subscribed()
    {
        await _gateway.Resume.OfferAsync(_session);
        await _gateway.Channels.SubscribeAsync(_session, "news", new AttachRequest(new RecoverRequest()));

        var parked = await ParkWhileAnsweringAsync(isDone: true);

        Assert.Equal(("news", new Position("e1", 3)), Assert.Single(parked!.Channels.Select(static channel => (channel.Channel, channel.Sent!.Value))));
    }

    [Fact]
    public async Task Should_not_have_what_it_was_refused()
    {
        await _gateway.SubscribeAsync(_session, "news");
        await _gateway.Resume.OfferAsync(_session);
        await _gateway.Channels.SubscribeAsync(_session, "den", new AttachRequest(new RecoverRequest()));

        var parked = await ParkWhileAnsweringAsync(isDone: false);

        Assert.Equal("news", Assert.Single(parked!.Channels).Channel);
    }

    [Fact]
    public async Task Should_wait_for_the_next_connection_where_the_one_that_sought_it_went_meanwhile()
    {
        var user = _gateway.Cluster.User("ada");
        var hold = new TaskCompletionSource();
        (user.TakeHold, user.Found) = (hold.Task, new() { Parked = new() { SessionId = "s", KeyHash = [], Door = "test", ForMs = 60_000, Rooms = [], Channels = [] } });
        var resuming = _gateway.Resume.ResumeAsync(_session, "s", "key", ResumeFrom.Positions(Positions));

        _session.End();
        hold.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => resuming);
        await Eventually.BecomesTrueAsync(() => user.Parked is [{ SessionId: "s" }]);
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<WhatsSound.Users.ParkedSession?> ParkWhileAnsweringAsync(bool isDone)
    {
        _socket.Writing = message =>
        {
            if (message is AnswerMessage)
                _ending = _gateway.Parking.EndAsync(_session);
        };
        _session.Answer(new AnswerMessage("1", Reply.Of(Refusals.Retry(RefusalCode.NotReady, "Whatever it is.")), _socket.Format), isDone);
        await _ending!;
        return _gateway.Cluster.User("ada").Parked.SingleOrDefault();
    }
}
