using WhatsSound.Rooms;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>Who is in a room is for the room to say; its channels are no way around it.</summary>
public sealed class When_a_channel_is_a_rooms(RunningServer server)
{
    [Theory]
    [InlineData("EnterPresence")]
    [InlineData("LeavePresence")]
    [InlineData("Unsubscribe")]
    public async Task Should_leave_a_member_to_the_room(string method)
    {
        await using var member = await server.ConnectAsync();
        var roomId = await server.CreateRoomAsync(member);
        await member.ResultAsync("JoinRoom", new { roomId, commandId = "join" });

        foreach (var channel in RoomId.ChannelsOf(roomId))
            Assert.Equal("FORBIDDEN", await member.CodeAsync(method, new { channel }));

        Assert.Equal(1, (await member.ResultAsync("GetPresence", new { channel = RoomId.KeyOf(roomId) })).GetProperty("total").GetInt32());
        Assert.Equal("", await member.CodeAsync("LeaveRoom", new { roomId, commandId = "leave" }));
    }

    [Fact]
    public async Task Should_let_a_watcher_come_and_go_but_not_in()
    {
        await using var watcher = await server.ConnectAsync();
        var channel = RoomId.KeyOf(await server.CreateRoomAsync(watcher));
        await watcher.ResultAsync("Subscribe", new { channel });

        Assert.Equal("FORBIDDEN", await watcher.CodeAsync("EnterPresence", new { channel }));
        Assert.Equal("FORBIDDEN", await watcher.CodeAsync("LeavePresence", new { channel }));
        Assert.Equal("", await watcher.CodeAsync("Unsubscribe", new { channel }));
    }
}
