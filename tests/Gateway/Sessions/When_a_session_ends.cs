using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Rooms;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>A session is in the presence of two channels, of which one does not answer.</summary>
public sealed class When_a_session_ends : IDisposable
{
    private readonly FakeGateway _gateway = new();
    private readonly Session _session;

    public When_a_session_ends() => _session = _gateway.Connect().Session;

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

    public void Dispose() => _gateway.Dispose();

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
        var command = new RoomCommand { CommandId = roomId, UserId = "ada" };
        Assert.Null((await _gateway.Rooms.JoinAsync(_session, roomId, command, default, since: null)).Refusal);
    }
}
