using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Delivery;

public sealed class When_a_channel_moves : IAsyncLifetime
{
    /// <summary>No channel of the room itself, but one with presence.</summary>
    private const string Lobby = "room:jazz:lobby";

    private readonly FakeGateway _gateway = new();
    private readonly RecordingSocket _socket;
    private readonly Session _session;

    public When_a_channel_moves() => (_session, _socket) = _gateway.Connect();

    private FakeChannel Channel => _gateway.Cluster.Channel(Lobby);

    public async ValueTask InitializeAsync()
    {
        _session.AddRoom("jazz", 1);
        await _gateway.SubscribeAsync(_session, Lobby);
        await _gateway.Channels.EnterAsync(_session, Lobby, default);
        Channel.AddAndSend(2);
    }

    [Fact]
    public async Task Should_subscribe_again_and_read_what_was_missed()
    {
        Channel.Move();
        Channel.AddAndLose(2);

        await _gateway.RenewAsync();
        await Eventually.BecomesTrueAsync(() => _socket.Offsets.Count() == 4);
        Channel.AddAndSend(1);

        Assert.Equal([1L, 2, 3, 4, 5], _socket.Offsets);
        Assert.Empty(_socket.Messages.OfType<LostMessage>());
    }

    [Fact]
    public async Task Should_name_its_connections_where_the_channel_knows_others()
    {
        Channel.Move();

        await _gateway.RenewAsync();

        Assert.Equal(Channel.Entered, Assert.Single(Channel.Rolls).Entries);
    }

    [Fact]
    public async Task Should_name_none_that_the_channel_does_not_take()
    {
        Channel.Move();
        Channel.Refused = [_session.Id];

        await _gateway.RenewAsync();
        await _gateway.RenewAsync();

        Assert.Empty(Channel.Rolls[1].Entries);
    }

    [Fact]
    public async Task Should_leave_as_one_who_was_lost_when_the_connection_ends()
    {
        await _gateway.Channels.EndAsync(_session.End());

        var exit = Assert.Single(Channel.Exits);
        Assert.True(exit.Abrupt);
        Assert.Equal(_session.Id, exit.ConnectionId);
    }

    [Fact]
    public async Task Should_leave_on_purpose_when_it_unsubscribes()
    {
        await _gateway.Channels.UnsubscribeAsync(_session, Lobby);

        Assert.False(Assert.Single(Channel.Exits).Abrupt);
    }

    public ValueTask DisposeAsync()
    {
        _gateway.Dispose();
        return ValueTask.CompletedTask;
    }
}
