using Microsoft.Extensions.Logging.Abstractions;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Delivery;

/// <summary>Whoever is sent out is out at once, whatever else does not answer; and what is known already is no work.</summary>
public sealed class When_many_are_sent_out : IAsyncLifetime
{
    private readonly FakeGateway _gateway = new();
    private readonly DismissalLoop _loop;

    public When_many_are_sent_out() => _loop = new DismissalLoop(_gateway.Feeds, _gateway.Sessions, _gateway.Rooms, NullLogger<DismissalLoop>.Instance);

    public async ValueTask InitializeAsync() => await _loop.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _loop.StopAsync(TestContext.Current.CancellationToken);
        _loop.Dispose();
        _gateway.Dispose();
    }

    [Fact]
    public async Task Should_not_wait_for_a_room_that_does_not_answer()
    {
        var (_, farSocket) = await JoinAsync("far", "ada");
        var (_, nearSocket) = await JoinAsync("near", "bob");
        var hold = new TaskCompletionSource();
        _gateway.Cluster.Channel("room:far").LeaveHold = hold.Task;

        Kick("far", "ada");
        Kick("near", "bob");

        // The channel is told behind the session.
        await Eventually.BecomesTrueAsync(() => CountTold(farSocket) == 4 && CountTold(nearSocket) == 4 && _gateway.Cluster.Channel("room:near").Exits.Count == 1);
        hold.SetResult();
    }

    [Fact]
    public void Should_be_heard_once_however_often_it_is_read()
    {
        var dismissals = new Dismissals();

        dismissals.See("room:den", [Kicked("den", "ada", revision: 2), Kicked("den", "bob", revision: 3)]);
        dismissals.See("room:den", [Kicked("den", "ada", revision: 2)]);
        dismissals.See("room:den", [Kicked("den", "ada", revision: 1)]);
        dismissals.See("room:den", [Kicked("den", "ada", revision: 4)]);

        Assert.Equal([("ada", 2L), ("bob", 3L), ("ada", 4L)], Heard(dismissals));
    }

    private static IEnumerable<(string? UserId, long Revision)> Heard(Dismissals dismissals)
    {
        while (dismissals.Heard.TryRead(out var one))
            yield return (one.UserId, one.Revision);
    }

    private async Task<(Session Session, RecordingSocket Socket)> JoinAsync(string roomId, string userId)
    {
        var (session, socket) = _gateway.Connect(userId);
        _gateway.Sessions.Add(session);
        var command = new RoomCommand { CommandId = "c1", UserId = userId, Action = new JoinRoom() };
        Assert.Null((await _gateway.Rooms.JoinAsync(session, roomId, command, default, since: null)).Refusal);
        session.Answer(answer: null, isDone: true);
        return (session, socket);
    }

    private static int CountTold(RecordingSocket socket) => socket.Messages.OfType<DetachedMessage>().Count(static one => one.Detached.Code == RefusalCode.Kicked);

    private void Kick(string roomId, string userId) =>
        _gateway.Cluster.Channel($"room:{roomId}").SendRaw(Sample.Frame(0, 1, $"room:{roomId}") with { Publications = [Kicked(roomId, userId, revision: 2)] });

    private static Publication Kicked(string roomId, string userId, long revision) => Sample.At(1) with
    {
        Event = RoomEvents.Sanction,
        Publisher = roomId,
        PublisherKind = PublisherKind.Room,
        Data = Payload.Of(new SanctionNotice { RoomId = roomId, UserId = userId, Kind = SanctionKind.Kick, Revision = revision }, WireJson.Default.SanctionNotice),
    };
}
