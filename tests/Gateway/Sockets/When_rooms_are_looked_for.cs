using System.Text.Json;

namespace WhatsSound.Tests.Gateway.Sockets;

public sealed class When_rooms_are_looked_for(RunningServer server)
{
    [Fact]
    public async Task Should_find_them_by_words_and_tags_and_go_from_page_to_page()
    {
        await using var owner = await server.ConnectAsync();
        var word = $"zq{Guid.NewGuid():N}"[..12];
        var made = new List<string>();
        for (var number = 0; number < 3; number++)
        {
            made.Add(server.NewName("found"));
            await owner.ResultAsync("CreateRoom", new { roomId = made[^1], commandId = "create", name = $"Señor {word}", tags = new[] { "Bossa" } });
        }

        var first = await owner.ResultAsync("ListRooms", new { max = 2, query = $"{word[..8]} senor", tags = new[] { "bossa" } });
        var second = await owner.ResultAsync("ListRooms", new { max = 2, query = $"{word[..8]} senor", tags = new[] { "bossa" }, cursor = first.GetProperty("next").GetString() });

        Assert.Equal((3, false, JsonValueKind.Null), (first.GetProperty("total").GetInt32(), first.GetProperty("isPartial").GetBoolean(), second.GetProperty("next").ValueKind));
        Assert.Equal(made.Order(), RoomsOf(first).Concat(RoomsOf(second)).Order());
        Assert.Equal("cursor", (await owner.CallAsync("ListRooms", new { cursor = "there" })).GetProperty("error").GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Should_show_users_their_own_and_those_that_they_joined()
    {
        await using var owner = await server.ConnectAsync();
        await using var guest = await server.ConnectAsync();
        var roomId = await server.CreateRoomAsync(owner);
        await guest.ResultAsync("JoinRoom", new { roomId, commandId = "join" });

        var owned = (await owner.ResultAsync("GetMyRooms", new { })).GetProperty("owned")[0];
        var joined = (await guest.ResultAsync("GetMyRooms", new { })).GetProperty("joined")[0];

        Assert.Equal((roomId, "open"), (owned.GetProperty("roomId").GetString(), owned.GetProperty("status").GetString()));
        Assert.Equal(roomId, joined.GetProperty("roomId").GetString());
    }

    [Fact]
    public async Task Should_refuse_one_room_too_many_with_the_limit()
    {
        await using var own = await RunningServer.StartAsync("--Users:RoomsOwnedMax", "1");
        await using var owner = await own.ConnectAsync();
        await own.CreateRoomAsync(owner);

        var refusal = (await owner.CallAsync("CreateRoom", new { roomId = "another", commandId = "create", name = "Another" })).GetProperty("error");

        Assert.Equal(("USER_QUOTA", "1"), (refusal.GetProperty("code").GetString(), refusal.GetProperty("detail").GetString()));
        Assert.Equal("ROOM_NOT_FOUND", await owner.CodeAsync("JoinRoom", new { roomId = "another", commandId = "join" }));
    }

    private static IEnumerable<string?> RoomsOf(JsonElement page) => page.GetProperty("rooms").EnumerateArray().Select(room => room.GetProperty("roomId").GetString());
}
