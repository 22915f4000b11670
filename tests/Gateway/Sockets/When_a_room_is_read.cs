namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>What a room shows of itself is for connections that are in it, and whose token covers it: another connection of a member gets nothing by that.</summary>
public sealed class When_a_room_is_read(RunningServer server)
{
    public static TheoryData<string> Reads => ["GetSnapshot", "GetQueuePage", "GetPlaceReason", "GetPresence", "GetOccupancy"];

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task Should_be_for_the_connection_that_has_joined(string read)
    {
        var user = server.NewName("user");
        await using var member = await server.ConnectAsync(user);
        var roomId = await server.CreateRoomAsync(member);
        var entryId = await EnqueueAsync(member, roomId);
        await using var other = await server.ConnectAsync(user);

        Assert.Equal("", await member.CodeAsync(read, RequestOf(read, roomId, entryId)));
        Assert.Equal("NOT_MEMBER", await other.CodeAsync(read, RequestOf(read, roomId, entryId)));
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task Should_be_for_the_token_that_covers_it(string read)
    {
        var user = server.NewName("user");
        await using var member = await server.ConnectAsync(user);
        var roomId = await server.CreateRoomAsync(member);
        var entryId = await EnqueueAsync(member, roomId);
        var elsewhere = server.TokenOf(user, capabilities: new Dictionary<string, string[]> { ["news"] = ["subscribe", "publish", "presence"] });
        await using var other = await HubClient.ConnectAsync(server.Address, elsewhere);

        Assert.Equal("FORBIDDEN", await other.CodeAsync(read, RequestOf(read, roomId, entryId)));
    }

    private static async Task<string> EnqueueAsync(HubClient member, string roomId)
    {
        await member.ResultAsync("JoinRoom", new { roomId, commandId = "join" });
        foreach (var number in (int[])[1, 2])
        {
            var track = new { url = $"https://example.org/{number}", title = $"Song {number}", durationMs = 60_000 };
            await member.ResultAsync("Enqueue", new { roomId, commandId = $"add {number}", tracks = new[] { track } });
        }

        var page = await member.ResultAsync("GetQueuePage", new { roomId });
        return page.GetProperty("entries")[0].GetProperty("entryId").GetString()!;
    }

    private static object RequestOf(string read, string roomId, string entryId) => read switch
    {
        "GetPresence" or "GetOccupancy" => new { channel = $"room:{roomId}" },
        "GetPlaceReason" => new { roomId, entryId },
        _ => new { roomId },
    };
}
