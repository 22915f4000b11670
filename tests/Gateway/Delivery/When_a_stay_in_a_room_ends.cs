using System.Collections.Immutable;
using System.Text.Json;
using WhatsSound.Channels;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Delivery;

/// <summary>However a stay ends, what the room manages ends with it, and what a deployment has freed of rooms does not; what the session has subscribed to itself is told.</summary>
public sealed class When_a_stay_in_a_room_ends : IDisposable
{
    private const string Fans = "room:den:fans";
    private const string Lobby = "room:den:lobby";

    private readonly FakeGateway _gateway = new(rules: new ChannelRule { Pattern = "room:*:fans", ManagedBy = ChannelManager.Nobody });
    private readonly Session _session;
    private readonly RecordingSocket _socket;

    public When_a_stay_in_a_room_ends() => (_session, _socket) = _gateway.Connect();

    private FakeRoom Room => _gateway.Cluster.Room("den");

    [Theory]
    [InlineData(null)]
    [InlineData(RefusalCode.NotMember)]
    public async Task Should_leave_what_is_freed_and_tell_of_what_is_beneath(string? code)
    {
        await StayAsync();
        Room.LeaveRefusal = code is null ? null : Refusals.Final(code, "No.");

        await _gateway.Rooms.LeaveAsync(_session, "den", Command());

        AssertLeft((Lobby, RefusalCode.NotMember));
    }

    [Theory]
    [InlineData(RefusalCode.RoomFull)]
    [InlineData(RefusalCode.RoomNotFound)]
    public async Task Should_do_so_where_the_room_does_not_let_in_again(string code)
    {
        await StayAsync();
        Room.JoinRefusal = Refusals.Final(code, "No.");

        Assert.Equal(code, (await JoinAsync()).Refusal?.Code);

        AssertLeft((Lobby, RefusalCode.NotMember));
    }

    [Theory]
    [InlineData(RefusalCode.RoomFull)]
    [InlineData(RefusalCode.RoomNotFound)]
    public async Task Should_change_nothing_where_there_was_no_stay(string code)
    {
        await _gateway.SubscribeAsync(_session, Fans);
        Room.JoinRefusal = Refusals.Final(code, "No.");

        await JoinAsync();

        AssertLeft();
    }

    [Fact]
    public async Task Should_change_nothing_where_a_first_join_fails()
    {
        await _gateway.SubscribeAsync(_session, Fans);
        Room.Positions = RoomId.ChannelsOf("den").ToImmutableDictionary(static name => name, static _ => new Position("gone", 1));

        Assert.Equal(RefusalCode.NotReady, (await JoinAsync()).Refusal?.Code);

        AssertLeft();
    }

    [Fact]
    public async Task Should_tell_of_all_that_a_token_takes_and_of_nothing_that_it_allows()
    {
        await StayAsync();
        _session.Grant = _session.Identity! with
        {
            Capabilities = CapabilitySet.TryRead(JsonDocument.Parse("""{"room:den:*":["subscribe"]}""").RootElement),
        };

        await new SessionAccess(_gateway.Channels, _gateway.Rooms).CheckAsync(_session);

        AssertLeft(
            ("room:den", RefusalCode.Forbidden),
            ("room:den:chat", RefusalCode.NotMember),
            (Lobby, RefusalCode.NotMember),
            ("room:den:playback", RefusalCode.NotMember),
            ("room:den:queue", RefusalCode.NotMember));
    }

    public void Dispose() => _gateway.Dispose();

    private static RoomCommand Command() => new() { CommandId = "c1", UserId = "ada", Action = new JoinRoom() };

    private async Task StayAsync()
    {
        Assert.Null((await JoinAsync()).Refusal);
        _session.Answer(answer: null, isDone: true);
        await _gateway.SubscribeAsync(_session, Fans);
        await _gateway.SubscribeAsync(_session, Lobby);
    }

    private Task<Answer<RoomJoin>> JoinAsync() => _gateway.Rooms.JoinAsync(_session, "den", Command(), default, since: null);

    /// <summary>What is freed goes on, nothing else does, and this was told.</summary>
    private void AssertLeft(params (string Channel, string Code)[] told)
    {
        _session.Answer(answer: null, isDone: false);
        Assert.Equal([Fans], _session.Attachments.Select(attachment => attachment.Feed.Channel));
        Assert.Equal(
            told,
            _socket.Messages.OfType<DetachedMessage>().Select(message => (message.Detached.Channel, message.Detached.Code)).OrderBy(one => one.Channel, StringComparer.Ordinal));
        Assert.Empty(_session.Rooms);
    }
}
