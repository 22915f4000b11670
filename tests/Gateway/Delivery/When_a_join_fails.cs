using System.Collections.Immutable;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Delivery;

public sealed class When_a_join_fails : IDisposable
{
    private static readonly string Queue = RoomId.QueueOf("den");

    private readonly FakeGateway _gateway = new();
    private readonly Session _session;

    public When_a_join_fails() => _session = _gateway.Connect().Session;

    private FakeChannel Presence => _gateway.Cluster.Channel(RoomId.KeyOf("den"));

    [Fact]
    public async Task Should_undo_what_was_done_when_a_channel_fails()
    {
        _gateway.Cluster.Channel(Queue).Failure = new TimeoutException();

        await Assert.ThrowsAsync<TimeoutException>(JoinAsync);

        AssertUndone();
    }

    [Fact]
    public async Task Should_undo_what_was_done_when_it_is_refused()
    {
        _gateway.Cluster.Room("den").Positions = RoomId.ChannelsOf("den").ToImmutableDictionary(static name => name, static _ => new Position("gone", 1));

        var answer = await JoinAsync();

        Assert.Equal(RefusalCode.NotReady, answer.Refusal?.Code);
        AssertUndone();
    }

    [Fact]
    public async Task Should_say_that_it_is_worth_another_try_when_the_room_has_forgotten_it_at_once()
    {
        _gateway.Cluster.Room("den").Positions = RoomId.ChannelsOf("den").ToImmutableDictionary(static name => name, static _ => new Position("gone", 1));
        _gateway.Cluster.Room("den").SnapshotRefusal = Refusals.Final(RefusalCode.NotMember, "The user is not in the room.", "ada");

        var answer = await JoinAsync();

        Assert.Equal((RefusalCode.NotReady, true), (answer.Refusal?.Code, answer.Refusal?.Retryable));
        AssertUndone();
    }

    [Fact]
    public async Task Should_undo_what_was_done_when_the_session_ended_meanwhile()
    {
        var hold = new TaskCompletionSource();
        var slow = _gateway.Cluster.Channel(Queue);
        slow.RecoveryHold = hold.Task;
        var joining = JoinAsync();
        await Eventually.BecomesTrueAsync(() => slow.Recoveries > 0);

        await _gateway.Channels.EndAsync(_session.End());
        // Nobody waits for the rest.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => joining);
        hold.SetResult();

        AssertUndone();
    }

    [Theory]
    [InlineData(RefusalCode.NotMember)]
    [InlineData(RefusalCode.RoomNotFound)]
    public async Task Should_detach_at_a_leave_from_a_room_that_does_not_know_the_session(string code)
    {
        Assert.Null((await JoinAsync()).Refusal);
        _gateway.Cluster.Room("den").LeaveRefusal = Refusals.Final(code, "No.");

        var answer = await _gateway.Rooms.LeaveAsync(_session, "den", Command());

        Assert.Equal(code, answer.Refusal?.Code);
        Assert.Equal(0, _session.AttachmentCount);
        Assert.Empty(_session.Rooms);
    }

    [Theory]
    [InlineData(RefusalCode.RoomFull, 0)]
    [InlineData(RefusalCode.RoomNotFound, 0)]
    [InlineData(RefusalCode.Conflict, 4)]
    public async Task Should_detach_who_was_in_where_the_room_does_not_let_in_again(string code, int attached)
    {
        Assert.Null((await JoinAsync()).Refusal);
        _gateway.Cluster.Room("den").JoinRefusal = Refusals.Final(code, "No.");

        var answer = await JoinAsync();

        Assert.Equal(code, answer.Refusal?.Code);
        Assert.Equal(attached, _session.AttachmentCount);
        Assert.Equal(attached > 0, _session.Rooms.Contains("den", StringComparer.Ordinal));
        Assert.Equal(attached > 0, Presence.Exits.Count == 0);
    }

    public void Dispose() => _gateway.Dispose();

    private static RoomCommand Command() => new() { CommandId = "c1", UserId = "ada", Action = new JoinRoom() };

    private Task<Answer<RoomJoin>> JoinAsync() => _gateway.Rooms.JoinAsync(_session, "den", Command(), default, since: null);

    private void AssertUndone()
    {
        Assert.Equal(0, _session.AttachmentCount);
        Assert.Empty(_session.Rooms);
        var exit = Assert.Single(Presence.Exits);
        Assert.True(exit.Abrupt);
        Assert.Equal(_session.Id, exit.ConnectionId);
    }
}
