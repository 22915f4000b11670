using WhatsSound.Gateway.Sessions;
using WhatsSound.Presence;
using WhatsSound.Rooms;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Delivery;

/// <summary>A renewal passes by joins and leaves that are under way: it says nothing of their connections.</summary>
public sealed class When_presence_is_compared : IDisposable
{
    private readonly FakeGateway _gateway = new();
    private readonly TaskCompletionSource _hold = new();
    private readonly Session _bob;

    public When_presence_is_compared() => _bob = _gateway.Connect("bob").Session;

    private FakeRoom Room => _gateway.Cluster.Room("den");

    private FakeChannel Channel => _gateway.Cluster.Channel(RoomId.KeyOf("den"));

    private ConnectionSet Named => Channel.Lease!.Connections!;

    [Fact]
    public async Task Should_name_who_is_in()
    {
        await JoinAsync(_bob);

        await _gateway.RenewAsync();

        Assert.Equal((1, 0), (Named.Count, Named.Unsettled.Length));
    }

    [Fact]
    public async Task Should_say_nothing_of_a_join_that_is_under_way()
    {
        await JoinAsync(_bob);
        Room.Hold = _hold.Task;
        var ann = _gateway.Connect("ann").Session;
        var joining = JoinAsync(ann);

        await _gateway.RenewAsync();
        Assert.Equal(1, Named.Count);
        Assert.Equal([ann.Id], Named.Unsettled);
        _hold.SetResult();
        await joining;
        await _gateway.RenewAsync();

        Assert.Equal((2, 0), (Named.Count, Named.Unsettled.Length));
    }

    [Fact]
    public async Task Should_say_nothing_of_a_leave_that_is_under_way_and_be_detached_by_then()
    {
        await JoinAsync(_bob);
        Room.Hold = _hold.Task;
        var leaving = _gateway.Rooms.LeaveAsync(_bob, "den", Command("bob"));

        await _gateway.RenewAsync();

        Assert.Equal(0, Named.Count);
        Assert.Equal([_bob.Id], Named.Unsettled);
        Assert.Equal(0, _bob.AttachmentCount);
        _hold.SetResult();
        Assert.Null((await leaving).Refusal);
        await _gateway.RenewAsync();
        Assert.Equal((0, 0), (Named.Count, Named.Unsettled.Length));
    }

    [Fact]
    public async Task Should_tell_the_channel_itself_of_a_leave_that_the_room_refuses()
    {
        await JoinAsync(_bob);
        Room.LeaveRefusal = Refusals.Retry(RefusalCode.NotReady, "Later.");

        await _gateway.Rooms.LeaveAsync(_bob, "den", Command("bob"));

        Assert.Equal(Room.Exits, Channel.Exits);
        Assert.False(Channel.Exits[0].Abrupt);
    }

    [Fact]
    public async Task Should_number_an_exit_behind_the_entry_that_it_undoes()
    {
        Room.JoinRefusal = Refusals.Retry(RefusalCode.Timeout, "Nobody knows.");
        await JoinAsync(_bob);
        Room.JoinRefusal = null;
        await JoinAsync(_bob);
        await _gateway.RenewAsync();

        Assert.Equal(2, Assert.Single(Channel.Exits).Sequence);
        Assert.Equal((1, 3L), (Named.Count, Named.UpTo));
    }

    [Fact]
    public async Task Should_leave_what_was_entered_as_it_is_when_another_entry_is_refused()
    {
        await JoinAsync(_bob);
        Room.JoinRefusal = Refusals.Final(RefusalCode.Conflict, "No.");
        await JoinAsync(_bob);

        await _gateway.RenewAsync();

        Assert.Empty(Channel.Exits);
        Assert.Equal((1, 0), (Named.Count, Named.Unsettled.Length));
    }

    public void Dispose() => _gateway.Dispose();

    private static RoomCommand Command(string userId) => new() { CommandId = Guid.NewGuid().ToString("N"), UserId = userId, Action = new JoinRoom() };

    private Task<Answer<RoomJoin>> JoinAsync(Session session) =>
        _gateway.Rooms.JoinAsync(session, "den", Command(session.Identity!.UserId), default, since: null);
}
