namespace WhatsSound.Tests.Doors.Contract;

/// <summary>What a user says by vote is known on all their connections, and on nobody else's.</summary>
public sealed class When_a_member_votes(DoorServer server)
{
    public static TheoryData<Door> EveryDoor => Doors.All;

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_told_to_each_of_the_users_connections_and_to_nobody_else(Door door)
    {
        var (roomId, ann, bob) = (server.NewName("den"), server.NewName("ann"), server.NewName("bob"));
        await using var host = await JoinAsync(door, roomId, ann, isNew: true);
        await using var tab = await JoinAsync(door, roomId, bob);
        await using var otherTab = await JoinAsync(door, roomId, bob);
        var track = new { url = "https://songs.example/one.mp3", title = "One", artist = (string?)null, durationMs = 100_000 };
        var playing = await EnqueueAsync(host, roomId, track);
        var queued = await EnqueueAsync(host, roomId, track with { url = "https://songs.example/two.mp3" });

        await tab.DoAsync("Vote", new { roomId, commandId = "v1", entryId = queued, value = 1 });
        await tab.DoAsync("Vote", new { roomId, commandId = "v2", entryId = playing, value = -1 });

        foreach (var one in (DoorClient[])[tab, otherTab])
            await one.ArrivalAsync(arrival => OwnOf(arrival, roomId) is [.., var own] && own.GetProperty("myVotes").GetRawText() is var votes && votes.Contains(queued, StringComparison.Ordinal) && votes.Contains(playing, StringComparison.Ordinal));
        await host.ArrivalAsync(arrival => arrival is Arrival.Frame frame && frame.Publications.GetRawText().Contains("\"score\":0", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Arrivals, arrival => OwnOf(arrival, roomId).Count > 0 || (arrival is Arrival.Frame frame && frame.Publications.GetRawText().Contains("myVotes", StringComparison.Ordinal)));
        Assert.Equal([-1, 1], (await otherTab.DoAsync("GetSnapshot", new { roomId })).Result.GetProperty("myVotes").EnumerateObject().Select(static vote => vote.Value.GetInt32()).Order());
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_had_by_a_connection_that_was_away(Door door)
    {
        var (roomId, ann, bob) = (server.NewName("den"), server.NewName("ann"), server.NewName("bob"));
        await using var host = await JoinAsync(door, roomId, ann, isNew: true);
        await using var tab = await JoinAsync(door, roomId, bob);
        var track = new { url = "https://songs.example/one.mp3", title = "One", artist = (string?)null, durationMs = 100_000 };
        await EnqueueAsync(host, roomId, track);
        var queued = await EnqueueAsync(host, roomId, track with { url = "https://songs.example/two.mp3" });
        await using var away = await door.ConnectAsUserAsync(server, bob);
        var joined = await away.DoAsync("JoinRoom", new { roomId, commandId = "j" });
        var since = joined.Result.GetProperty("snapshot").GetProperty("positions");
        away.Kill();
        await tab.DoAsync("Vote", new { roomId, commandId = "v1", entryId = queued, value = 1 });
        await tab.ArrivalAsync(arrival => OwnOf(arrival, roomId).Count > 0);

        await using var back = await door.ConnectAsUserAsync(server, bob);
        var again = await back.DoAsync("JoinRoom", new { roomId, commandId = "j2", since });

        Assert.Equal("recovered", again.Verdict);
        var queue = again.Result.GetProperty("recoveries").EnumerateArray().Single(recovery => recovery.GetProperty("channel").GetString() == $"room:{roomId}:queue");
        var own = Assert.Single(queue.GetProperty("publications").EnumerateArray(), static one => one.GetProperty("event").GetString() == "myVotes");
        Assert.Equal(1, own.GetProperty("data").GetProperty("myVotes").GetProperty(queued).GetInt32());
    }

    private static List<System.Text.Json.JsonElement> OwnOf(Arrival arrival, string roomId) => arrival is Arrival.Frame frame && frame.Channel == $"room:{roomId}:queue"
        ? [.. frame.Publications.EnumerateArray().Where(static one => one.GetProperty("event").GetString() == "myVotes").Select(static one => one.GetProperty("data"))]
        : [];

    private async Task<DoorClient> JoinAsync(Door door, string roomId, string user, bool isNew = false)
    {
        var client = await door.ConnectAsUserAsync(server, user);
        if (isNew)
            await client.DoAsync("CreateRoom", new { roomId, name = "Den", commandId = "c" });
        await client.DoAsync("JoinRoom", new { roomId, commandId = $"j-{Guid.NewGuid():N}" });
        return client;
    }

    private static async Task<string> EnqueueAsync(DoorClient host, string roomId, object track) =>
        (await host.DoAsync("Enqueue", new { roomId, commandId = $"{Guid.NewGuid():N}", tracks = new[] { track } })).Result.GetProperty("entryIds")[0].GetString()!;
}
