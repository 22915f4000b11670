using System.Collections.Immutable;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Tests.Gateway.Doubles;
using WhatsSound.Users;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>A session is restored within a time; what is not is refused, and a room is whole or closed.</summary>
public sealed class When_a_session_takes_long_to_restore : IDisposable
{
    private readonly FakeGateway _gateway = new();

    [Fact]
    public async Task Should_close_a_room_whole_of_which_a_channel_is_late()
    {
        var room = _gateway.Cluster.Room("lobby");
        var joining = new TaskCompletionSource();
        room.Hold = joining.Task;
        _gateway.Cluster.User("ada").Found = new() { Parked = Parked("test") };
        var session = _gateway.Connect().Session;

        var resuming = ResumeAsync(session);
        _gateway.Time.Advance(TimeSpan.FromSeconds(11));
        joining.SetResult();
        var answer = (await resuming).Value!;

        Assert.Empty(answer.Channels);
        Assert.Empty(session.Rooms);
        Assert.Equal(RoomId.ChannelsOf("lobby").Order(), answer.Refused.Select(static refused => refused.Channel).Order());
        Assert.All(answer.Refused, static refused => Assert.Equal(RefusalCode.NotReady, refused.Error.Code));
        // As one who was lost: who hosts keeps the grace.
        Assert.True(Assert.Single(_gateway.Cluster.Channel("room:lobby").Exits).Abrupt);
    }

    [Fact]
    public async Task Should_ask_a_gateway_that_does_not_answer_once()
    {
        var holder = new DeadHolder();
        var user = _gateway.Cluster.User("ada");
        user.Found = new() { Holder = holder };

        var answer = await ResumeAsync(_gateway.Connect().Session);

        Assert.Equal(RefusalCode.SessionNotFound, answer.Refusal?.Code);
        Assert.Equal((1, 2), (holder.Asked, user.Searches));
    }

    [Fact]
    public async Task Should_leave_a_session_of_another_door_where_it_was()
    {
        var user = _gateway.Cluster.User("ada");
        user.Found = new() { Parked = Parked("another") };

        var answer = await ResumeAsync(_gateway.Connect().Session);

        Assert.Equal(RefusalCode.SessionNotFound, answer.Refusal?.Code);
        Assert.Equal("s", Assert.Single(user.Parked).SessionId);
    }

    public void Dispose() => _gateway.Dispose();

    private Task<Answer<SessionResumed>> ResumeAsync(Session session) =>
        _gateway.Resume.ResumeAsync(session, "s", "key", ResumeFrom.Positions(ImmutableDictionary<string, Position>.Empty));

    private static ParkedSession Parked(string door) => new()
    {
        SessionId = "s",
        KeyHash = [],
        Door = door,
        ForMs = 60_000,
        Rooms = ["lobby"],
        Channels = [.. RoomId.ChannelsOf("lobby").Select(static name => new ParkedChannel { Channel = name })],
    };

    private sealed class DeadHolder : ISessionHolder
    {
        public int Asked { get; private set; }

        public Task<ParkedSession?> ReleaseAsync(string sessionId, ImmutableArray<byte> keyHash)
        {
            Asked++;
            return Task.FromException<ParkedSession?>(new TimeoutException());
        }
    }
}
