using System.Text.Json;

namespace WhatsSound.Tests.Gateway.Sockets;

public sealed class When_people_share_a_room(RunningServer server)
{
    [Fact]
    public async Task Should_all_see_the_chat_in_one_order()
    {
        await using var ada = await server.ConnectAsync("ada");
        await using var bob = await server.ConnectAsync();
        var roomId = await server.CreateRoomAsync(ada);
        await ada.ResultAsync("JoinRoom", new { roomId, commandId = "join" });
        await bob.ResultAsync("JoinRoom", new { roomId, commandId = "join" });

        var receipt = await ada.ResultAsync("SendChat", new { roomId, commandId = "1", text = "hello" });
        await bob.ResultAsync("SendChat", new { roomId, commandId = "2", text = "hi" });

        var chat = $"room:{roomId}:chat";
        var seenByAda = await ada.PublicationsAsync(chat, 2);
        var seenByBob = await bob.PublicationsAsync(chat, 2);
        Assert.Equal(["hello", "hi"], seenByAda.Select(TextOf));
        Assert.Equal(seenByAda.Select(one => one.GetRawText()), seenByBob.Select(one => one.GetRawText()));
        Assert.Equal("ada", seenByBob[0].GetProperty("publisher").GetString());
        Assert.Equal(1, receipt.GetProperty("position").GetProperty("offset").GetInt64());
    }

    [Fact]
    public async Task Should_give_a_late_joiner_one_snapshot_and_every_later_event()
    {
        await using var ada = await server.ConnectAsync();
        var roomId = await server.CreateRoomAsync(ada);
        var chat = $"room:{roomId}:chat";
        await ada.ResultAsync("JoinRoom", new { roomId, commandId = "join" });
        await ada.ResultAsync("SendChat", new { roomId, commandId = "1", text = "before" });
        await using var late = await server.ConnectAsync();
        var talking = Task.Run(async () =>
        {
            for (var i = 2; i <= 4; i++)
                await ada.ResultAsync("SendChat", new { roomId, commandId = $"{i}", text = $"during {i}" });
        });

        var join = await late.ResultAsync("JoinRoom", new { roomId, commandId = "join" });
        await talking;
        await ada.ResultAsync("SendChat", new { roomId, commandId = "5", text = "after" });

        var snapshot = join.GetProperty("snapshot");
        var from = snapshot.GetProperty("positions").GetProperty(chat).GetProperty("offset").GetInt64();
        var inSnapshot = snapshot.GetProperty("chat").EnumerateArray().Select(OffsetOf);
        var followed = (await late.PublicationsAsync(chat, 5)).Select(OffsetOf).Where(offset => offset > from);
        Assert.Equal("live", join.GetProperty("verdict").GetString());
        Assert.Equal([1L, 2, 3, 4, 5], inSnapshot.Concat(followed));
    }

    [Fact]
    public async Task Should_recover_a_member_by_positions()
    {
        await using var ada = await server.ConnectAsync();
        var roomId = await server.CreateRoomAsync(ada);
        await ada.ResultAsync("JoinRoom", new { roomId, commandId = "join" });
        var bobId = server.NewName("bob");
        var bob = await server.ConnectAsync(bobId);
        var since = (await bob.ResultAsync("JoinRoom", new { roomId, commandId = "b1" })).GetProperty("snapshot").GetProperty("positions");
        bob.Kill();
        await ada.ResultAsync("SendChat", new { roomId, commandId = "1", text = "missed" });
        // An answer goes as far as the gateway has come.
        await ada.PublicationsAsync($"room:{roomId}:chat", 1);

        await using var again = await server.ConnectAsync(bobId);
        var join = await again.ResultAsync("JoinRoom", new { roomId, commandId = "b2", since });

        Assert.Equal("recovered", join.GetProperty("verdict").GetString());
        Assert.Equal(JsonValueKind.Null, join.GetProperty("snapshot").ValueKind);
        var chat = join.GetProperty("recoveries").EnumerateArray().Single(one => one.GetProperty("channel").GetString() == $"room:{roomId}:chat");
        Assert.Equal("missed", TextOf(Assert.Single(chat.GetProperty("publications").EnumerateArray())));
        await bob.DisposeAsync();
    }

    [Fact]
    public async Task Should_give_a_snapshot_where_a_position_does_not_recover()
    {
        await using var ada = await server.ConnectAsync();
        var roomId = await server.CreateRoomAsync(ada);
        var since = new Dictionary<string, object> { [$"room:{roomId}:chat"] = new { epoch = "gone", offset = 3 } };

        var join = await ada.ResultAsync("JoinRoom", new { roomId, commandId = "join", since });

        Assert.Equal("lost", join.GetProperty("verdict").GetString());
        Assert.Equal(roomId, join.GetProperty("snapshot").GetProperty("roomId").GetString());
    }

    [Fact]
    public async Task Should_give_a_whole_snapshot_where_the_positions_of_all_are_known_and_one_does_not_recover()
    {
        await using var ada = await server.ConnectAsync();
        var roomId = await server.CreateRoomAsync(ada);
        var first = (await ada.ResultAsync("JoinRoom", new { roomId, commandId = "join" })).GetProperty("snapshot");
        var since = first.GetProperty("positions").EnumerateObject().ToDictionary(static one => one.Name, static one => (object)one.Value);
        since[$"room:{roomId}:chat"] = new { epoch = "gone", offset = 3 };

        var join = await ada.ResultAsync("JoinRoom", new { roomId, commandId = "again", since });

        Assert.Equal("lost", join.GetProperty("verdict").GetString());
        var snapshot = join.GetProperty("snapshot");
        Assert.Equal(4, snapshot.GetProperty("positions").EnumerateObject().Count());
        Assert.Equal(1, snapshot.GetProperty("presence").GetProperty("members").GetArrayLength());
    }

    [Fact]
    public async Task Should_count_three_tabs_as_one_member()
    {
        await using var ada = await server.ConnectAsync();
        var roomId = await server.CreateRoomAsync(ada);
        await ada.ResultAsync("JoinRoom", new { roomId, commandId = "join" });
        var bobId = server.NewName("bob");
        var tabs = new List<HubClient>();
        for (var i = 0; i < 3; i++)
        {
            tabs.Add(await server.ConnectAsync(bobId));
            await tabs[i].ResultAsync("JoinRoom", new { roomId, commandId = $"tab{i}" });
        }

        var changes = await PresenceUntilAsync(ada, roomId, change => Joined(change, bobId) > 0);
        Assert.Equal(2, (await ada.ResultAsync("GetPresence", new { channel = $"room:{roomId}" })).GetProperty("total").GetInt32());
        foreach (var tab in tabs)
            await tab.ResultAsync("LeaveRoom", new { roomId, commandId = $"leave{tabs.IndexOf(tab)}" });
        changes.AddRange(await PresenceUntilAsync(ada, roomId, change => Left(change, bobId) > 0));

        Assert.Equal((1, 1), (changes.Sum(change => Joined(change, bobId)), changes.Sum(change => Left(change, bobId))));
        foreach (var tab in tabs)
            await tab.DisposeAsync();
    }

    [Fact]
    public async Task Should_all_see_a_song_and_its_votes()
    {
        await using var ada = await server.ConnectAsync();
        await using var bob = await server.ConnectAsync();
        var roomId = await server.CreateRoomAsync(ada);
        await ada.ResultAsync("JoinRoom", new { roomId, commandId = "join" });
        await bob.ResultAsync("JoinRoom", new { roomId, commandId = "join2" });

        var receipt = await bob.ResultAsync("Enqueue", new
        {
            roomId,
            commandId = "songs",
            tracks = new[] { new { url = "/tracks/a.wav", title = "A", durationMs = 60000 }, new { url = "/tracks/b.wav", title = "B", durationMs = 60000 } },
        });
        var second = receipt.GetProperty("entryIds")[1].GetString();
        await ada.ResultAsync("Vote", new { roomId, commandId = "vote", entryId = second, value = 1 });

        JsonElement last = default;
        while (last.ValueKind == JsonValueKind.Undefined || last.GetProperty("reason").GetString() != "voted")
            last = (await bob.FrameAsync($"room:{roomId}:queue")).GetProperty("publications").EnumerateArray().Last().GetProperty("data");
        Assert.Equal(second, last.GetProperty("window")[0].GetProperty("entryId").GetString());
    }

    /// <summary>The server's tokens in tests call each user "The {id}".</summary>
    [Fact]
    public async Task Should_call_people_by_their_tokens_whatever_they_say_of_themselves()
    {
        await using var ada = await server.ConnectAsync();
        var eveId = server.NewName("eve");
        await using var eve = await server.ConnectAsync(eveId);
        var roomId = await server.CreateRoomAsync(ada);
        await ada.ResultAsync("JoinRoom", new { roomId, commandId = "join" });

        var join = await eve.ResultAsync("JoinRoom", new { roomId, commandId = "join2", info = new { name = "Ada", displayName = "Ada" } });
        await eve.ResultAsync("Enqueue", new { roomId, commandId = "song", tracks = new[] { new { url = "/tracks/a.wav", title = "A", durationMs = 60000 } } });

        var named = $"The {eveId}";
        var inSnapshot = join.GetProperty("snapshot").GetProperty("presence").GetProperty("members").EnumerateArray();
        Assert.Equal(named, NameOf(inSnapshot.Single(member => member.GetProperty("userId").GetString() == eveId)));
        var told = (await PresenceUntilAsync(ada, roomId, change => Joined(change, eveId) > 0))[^1].GetProperty("joined").EnumerateArray();
        Assert.Equal(named, NameOf(told.Single(member => member.GetProperty("userId").GetString() == eveId)));
        var current = (await ada.ResultAsync("GetSnapshot", new { roomId })).GetProperty("queue").GetProperty("current");
        Assert.Equal(named, current.GetProperty("addedByName").GetString());
        await eve.ResultAsync("Skip", new { roomId, commandId = "skip", entryId = current.GetProperty("entryId").GetString() });
        var snapshot = await ada.ResultAsync("GetSnapshot", new { roomId });
        Assert.Equal(named, snapshot.GetProperty("history")[0].GetProperty("addedByName").GetString());
    }

    private static string? NameOf(JsonElement member) => member.GetProperty("displayName").GetString();

    private static async Task<List<JsonElement>> PresenceUntilAsync(HubClient client, string roomId, Func<JsonElement, bool> isLast)
    {
        var changes = new List<JsonElement>();
        while (!changes.Any(isLast))
        {
            var publications = (await client.FrameAsync($"room:{roomId}")).GetProperty("publications").EnumerateArray();
            changes.AddRange(publications.Where(one => one.GetProperty("event").GetString() == "presence").Select(one => one.GetProperty("data")));
        }

        return changes;
    }

    private static int Joined(JsonElement change, string userId) =>
        change.GetProperty("joined").EnumerateArray().Count(member => member.GetProperty("userId").GetString() == userId);

    private static int Left(JsonElement change, string userId) => change.GetProperty("left").EnumerateArray().Count(one => one.GetString() == userId);

    private static long OffsetOf(JsonElement publication) => publication.GetProperty("offset").GetInt64();

    private static string TextOf(JsonElement publication) => publication.GetProperty("data").GetProperty("text").GetString()!;
}
