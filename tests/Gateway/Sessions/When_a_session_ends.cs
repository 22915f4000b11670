using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Rooms;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>A session is in the presence of two channels, of which one does not answer.</summary>
public sealed class When_a_session_ends : IDisposable
{
    private readonly FakeGateway _gateway = new();
    private readonly Session _session;
    private readonly RecordingSocket _socket;

    public When_a_session_ends() => (_session, _socket) = _gateway.Connect();

    [Fact]
    public async Task Should_tell_each_channel_at_once_whatever_another_answers()
    {
        await JoinAsync("den");
        await JoinAsync("attic");
        _gateway.Cluster.Channel(RoomId.KeyOf("den")).LeaveHold = new TaskCompletionSource().Task;

        var ending = _gateway.Channels.EndAsync(_session.End());

        Assert.Equal([_session.Id], _gateway.Cluster.Channel(RoomId.KeyOf("attic")).Exits.Select(static exit => exit.ConnectionId));
        Assert.Equal((0, 0), Named("attic"));
        Assert.Equal((0, 1), Named("den"));
        await EndAsync(ending);
    }

    [Fact]
    public async Task Should_name_the_connection_no_more_once_a_channel_could_not_be_told()
    {
        await JoinAsync("den");
        _gateway.Cluster.Channel(RoomId.KeyOf("den")).LeaveHold = new TaskCompletionSource().Task;

        await EndAsync(_gateway.Channels.EndAsync(_session.End()));

        Assert.Equal((0, 0), Named("den"));
    }

    [Fact]
    public async Task Should_have_been_lost_when_nothing_was_said() => Assert.False(await HasSaidGoodbyeAsync());

    [Fact]
    public async Task Should_say_goodbye_when_the_client_has_said_it()
    {
        _session.HasSaidGoodbye = true;

        Assert.True(await HasSaidGoodbyeAsync());
    }

    [Fact]
    public async Task Should_say_goodbye_when_its_page_goes_away()
    {
        _socket.IsGoingAway = true;

        Assert.True(await HasSaidGoodbyeAsync());
    }

    [Fact]
    public async Task Should_have_been_lost_when_the_server_sent_it_away_and_the_client_has_answered()
    {
        _session.Outbox.Close(new ClosingMessage(new SessionClosing(RefusalCode.NotReady, ReconnectAfterMs: 20_000)));
        (_session.HasSaidGoodbye, _socket.IsGoingAway) = (true, true);

        Assert.False(await HasSaidGoodbyeAsync());
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<bool> HasSaidGoodbyeAsync()
    {
        await JoinAsync("den");
        await _gateway.Channels.EndAsync(_session.End());
        var exit = Assert.Single(_gateway.Cluster.Channel(RoomId.KeyOf("den")).Exits);
        Assert.True(exit.Abrupt);
        return exit.SaidGoodbye;
    }

    /// <summary>Time passes until every call has had its own.</summary>
    private async Task EndAsync(Task ending)
    {
        await Eventually.BecomesTrueAsync(() =>
        {
            _gateway.Time.Advance(new DeliveryOptions().CallTimeout);
            return ending.IsCompleted;
        });
        await ending;
    }

    /// <summary>How many connections the next renewal names, and of how many it says nothing.</summary>
    private (int Settled, int Unsettled) Named(string roomId)
    {
        var named = _gateway.Feeds.Presence.Settled(RoomId.KeyOf(roomId));
        return (named.Count, named.Unsettled.Length);
    }

    private async Task JoinAsync(string roomId)
    {
        var command = new RoomCommand { CommandId = roomId, UserId = "ada", Action = new JoinRoom() };
        Assert.Null((await _gateway.Rooms.JoinAsync(_session, roomId, command, default, since: null)).Refusal);
    }
}
