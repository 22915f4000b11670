namespace WhatsSound.Tests.Doors.Contract;

/// <summary>Whoever manages a queue names the member whose songs they mean; a field that says who asks cannot name another one.</summary>
public sealed class When_songs_of_another_member_are_managed(DoorServer server)
{
    public static TheoryData<Door> EveryDoor => Doors.All;

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_order_and_clear_those_of_the_member_alone(Door door)
    {
        var (roomId, member) = (server.NewName("room"), server.NewName("member"));
        await using var owner = await door.ConnectAsUserAsync(server);
        await owner.DoAsync("CreateRoom", new { roomId, commandId = "1", name = "A room" });
        await owner.DoAsync("JoinRoom", new { roomId, commandId = "2" });
        await using var other = await door.ConnectAsUserAsync(server, member);
        await other.DoAsync("JoinRoom", new { roomId, commandId = "3" });
        await owner.DoAsync("Enqueue", new { roomId, commandId = "4", tracks = Tracks("current", "mine") });
        await other.DoAsync("Enqueue", new { roomId, commandId = "5", tracks = Tracks("theirs", "theirs-too") });

        await owner.DoAsync("ShuffleQueue", new { roomId, commandId = "6", ofUserId = member });
        await owner.DoAsync("ClearQueue", new { roomId, commandId = "7", ofUserId = member });

        var page = (await owner.DoAsync("GetQueuePage", new { roomId })).Result;
        var left = Assert.Single(page.GetProperty("entries").EnumerateArray());
        Assert.Equal("mine", left.GetProperty("track").GetProperty("title").GetString());
        Assert.Equal("FORBIDDEN", await other.CodeAsync("ClearQueue", new { roomId, commandId = "8", ofUserId = server.NewName("nobody") }));
    }

    private static object[] Tracks(params string[] titles) =>
        [.. titles.Select(title => new { url = $"https://music.example/{title}.mp3", title, durationMs = 600_000 })];
}
