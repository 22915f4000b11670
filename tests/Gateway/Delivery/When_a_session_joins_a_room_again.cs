using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Delivery;

public sealed class When_a_session_joins_a_room_again : IAsyncLifetime
{
    private static readonly string Chat = RoomId.ChatOf("den");
    private static readonly string Queue = RoomId.QueueOf("den");

    private readonly FakeGateway _gateway = new();

    public async ValueTask InitializeAsync()
    {
        foreach (var channel in RoomId.ChannelsOf("den"))
        {
            _gateway.Cluster.Channel(channel).AddAndSend(3);
            await _gateway.Channels.AttachAsync(_gateway.Connect().Session, channel, new AttachRequest(new RecoverRequest()));
        }
    }

    public ValueTask DisposeAsync()
    {
        _gateway.Dispose();
        return default;
    }

    [Fact]
    public async Task Should_get_what_it_missed_of_each_channel()
    {
        var (session, socket) = _gateway.Connect();

        var join = await JoinAsync(session, Since("e1", 1));
        _gateway.Cluster.Channel(Chat).AddAndSend(1);

        Assert.Equal(Verdict.Recovered, join.Verdict);
        Assert.All(join.Recoveries, recovery => Assert.Equal([2L, 3], recovery.Publications.Select(one => one.Offset)));
        Assert.Equal([4L], socket.Offsets);
    }

    [Fact]
    public async Task Should_get_nothing_ahead_of_the_snapshot_when_something_is_lost()
    {
        // The room's snapshot is of offset 2; the channels have come to 3. One channel takes its time to say that the position is gone.
        _gateway.Cluster.Room("den").Positions = Since("e1", 2).ToImmutableDictionary();
        var slow = _gateway.Cluster.Channel(Queue);
        var hold = new TaskCompletionSource();
        slow.RecoveryHold = hold.Task;
        var (session, socket) = _gateway.Connect();
        var before = slow.Recoveries;

        var joining = JoinAsync(session, Since("gone", 1));
        await Eventually.BecomesTrueAsync(() => slow.Recoveries > before);
        _gateway.Cluster.Channel(Chat).AddAndSend(1);
        hold.SetResult();
        var join = await joining;

        Assert.Equal(Verdict.Lost, join.Verdict);
        Assert.Equal([3L, 4], OffsetsOf(socket, Chat));
        Assert.Equal([3L], OffsetsOf(socket, Queue));
    }

    private static Dictionary<string, Position> Since(string epoch, long offset) =>
        RoomId.ChannelsOf("den").ToDictionary(static name => name, _ => new Position(epoch, offset));

    private static IEnumerable<long> OffsetsOf(RecordingSocket socket, string channel) =>
        socket.Frames.Where(frame => frame.Channel == channel).SelectMany(frame => frame.Publications).Select(one => one.Offset);

    private async Task<RoomJoin> JoinAsync(
        Session session, IReadOnlyDictionary<string, Position> since)
    {
        var command = new RoomCommand { CommandId = "c1", UserId = "ada", Action = new JoinRoom() };
        var answer = await _gateway.Rooms.JoinAsync(session, "den", command, default, since);
        Assert.Null(answer.Refusal);
        session.Answer(answer: null, isDone: true);
        return answer.Value!;
    }
}
