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
    public async Task Should_keep_the_owner_out_who_has_not_joined()
    {
        await using var owner = await server.ConnectAsync();
        var channel = RoomId.KeyOf(await server.CreateRoomAsync(owner));

        Assert.Equal("NOT_MEMBER", await owner.CodeAsync("Subscribe", new { channel }));
        Assert.Equal("NOT_MEMBER", await owner.CodeAsync("GetPresence", new { channel }));
        Assert.Equal("FORBIDDEN", await owner.CodeAsync("EnterPresence", new { channel }));
        Assert.Equal("FORBIDDEN", await owner.CodeAsync("LeavePresence", new { channel }));
        Assert.Equal("NOT_SUBSCRIBED", await owner.CodeAsync("Unsubscribe", new { channel }));
    }
}
