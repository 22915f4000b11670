namespace WhatsSound.Tests.Doors.Contract;

/// <summary>A room's channels, and those beneath them, are for connections that are in the room.</summary>
public sealed class When_a_channel_is_a_rooms(DoorServer server)
{
    public static TheoryData<Door> EveryDoor => Doors.All;

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_closed_to_whoever_has_not_joined(Door door)
    {
        var roomId = server.NewName("room");
        await using var member = await JoinAsync(door, roomId);
        await member.DoAsync("SendChat", new { roomId, commandId = "3", text = "secret" });
        await using var stranger = await door.ConnectAsUserAsync(server);

        foreach (var channel in ChannelsOf(roomId))
        {
            Assert.Equal("NOT_MEMBER", await stranger.CodeAsync("Subscribe", new { channel }));
            Assert.Equal("NOT_MEMBER", await stranger.CodeAsync("Subscribe", new { channel, rewindCount = 100 }));
            Assert.Equal("NOT_MEMBER", await stranger.CodeAsync("GetPresence", new { channel }));
        }

        await stranger.DoAsync("JoinRoom", new { roomId, commandId = "4" });
        foreach (var channel in ChannelsOf(roomId))
            await stranger.DoAsync("Subscribe", new { channel });
        await stranger.DoAsync("GetPresence", new { channel = $"room:{roomId}" });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_closed_to_another_connection_of_a_member(Door door)
    {
        var (roomId, user) = (server.NewName("room"), server.NewName("user"));
        await using var owner = await JoinAsync(door, roomId);
        await using var member = await door.ConnectAsUserAsync(server, user);
        await member.DoAsync("JoinRoom", new { roomId, commandId = "3" });
        await using var other = await door.ConnectAsUserAsync(server, user);

        Assert.Equal("NOT_MEMBER", await other.CodeAsync("Subscribe", new { channel = $"room:{roomId}" }));
        Assert.Equal("NOT_MEMBER", await other.CodeAsync("GetPresence", new { channel = $"room:{roomId}" }));
        Assert.Equal("NOT_MEMBER", await other.CodeAsync("GetSnapshot", new { roomId }));
        await member.DoAsync("GetSnapshot", new { roomId });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_end_with_the_stay(Door door)
    {
        var roomId = server.NewName("room");
        await using var member = await JoinAsync(door, roomId);
        var lobby = $"room:{roomId}:lobby";
        await member.DoAsync("Subscribe", new { channel = lobby });

        await member.DoAsync("LeaveRoom", new { roomId, commandId = "3" });

        foreach (var channel in ChannelsOf(roomId))
        {
            Assert.Equal("NOT_SUBSCRIBED", await member.CodeAsync("Unsubscribe", new { channel }));
            Assert.Equal("NOT_MEMBER", await member.CodeAsync("Subscribe", new { channel }));
        }
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_reached_again_through_the_room(Door door)
    {
        var (roomId, user) = (server.NewName("room"), server.NewName("user"));
        await using var owner = await JoinAsync(door, roomId);
        var member = await door.ConnectAsUserAsync(server, user);
        var positions = (await member.DoAsync("JoinRoom", new { roomId, commandId = "3" })).Result.GetProperty("snapshot").GetProperty("positions");
        var chat = $"room:{roomId}:chat";
        await member.DisposeAsync();
        await owner.DoAsync("SendChat", new { roomId, commandId = "4", text = "missed" });

        await using var again = await door.ConnectAsUserAsync(server, user);
        Assert.Equal("NOT_MEMBER", await again.CodeAsync("Subscribe", new { channel = chat, since = positions.GetProperty(chat) }));
        var joined = await again.DoAsync("JoinRoom", new { roomId, commandId = "5", since = positions });

        Assert.Equal("recovered", joined.Verdict);
        await again.DoAsync("Subscribe", new { channel = chat, since = positions.GetProperty(chat) });
    }

    private static string[] ChannelsOf(string roomId) =>
        [$"room:{roomId}", $"room:{roomId}:chat", $"room:{roomId}:queue", $"room:{roomId}:playback", $"room:{roomId}:lobby"];

    private async Task<DoorClient> JoinAsync(Door door, string roomId)
    {
        var owner = await door.ConnectAsUserAsync(server);
        await owner.DoAsync("CreateRoom", new { roomId, commandId = "1", name = "A room" });
        await owner.DoAsync("JoinRoom", new { roomId, commandId = "2" });
        return owner;
    }
}
