namespace WhatsSound.Tests.Doors.Contract;

/// <summary>Whoever is sent out of a room is out of it on all their connections at once, is told so of each channel, and finds no other way in.</summary>
public sealed class When_a_member_is_sent_out(DoorServer server)
{
    private static readonly string[] Own = ["", ":chat", ":queue", ":playback"];

    public static TheoryData<Door> EveryDoor => Doors.All;

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task INV_M7_should_be_out_in_every_tab_and_told_of_each_channel(Door door)
    {
        var (roomId, troll) = (server.NewName("room"), server.NewName("troll"));
        await using var owner = await OpenAsync(door, roomId);
        await using var tab = await JoinAsync(door, roomId, troll);
        await using var other = await JoinAsync(door, roomId, troll);
        await other.DoAsync("Subscribe", new { channel = $"room:{roomId}:lobby" });

        await owner.DoAsync("Ban", new { roomId, commandId = "ban", ofUserId = troll, reason = "shouting" });

        foreach (var client in new[] { tab, other })
        {
            foreach (var name in Own)
                Assert.Equal("BANNED", await DetachedAsync(client, $"room:{roomId}{name}"));
        }

        Assert.Equal("BANNED", await DetachedAsync(other, $"room:{roomId}:lobby"));
        await owner.DoAsync("SendChat", new { roomId, commandId = "secret", text = "secret" });
        Assert.Equal("BANNED", await tab.CodeAsync("SendChat", new { roomId, commandId = "1", text = "still here" }));
        Assert.Equal("BANNED", await tab.CodeAsync("GetSnapshot", new { roomId }));
        Assert.Equal("BANNED", await tab.CodeAsync("JoinRoom", new { roomId, commandId = "2" }));
        foreach (var name in Own.Append(":lobby"))
            Assert.Equal("NOT_MEMBER", await tab.CodeAsync("Subscribe", new { channel = $"room:{roomId}{name}" }));
        Assert.Empty(tab.FramesOf($"room:{roomId}:chat"));
        Assert.Equal("shouting", (await tab.CallAsync("JoinRoom", new { roomId, commandId = "3" })).Detail);
        // Each connection's gateway takes it out of presence.
        await Eventually.BecomesTrueAsync(async () => (await owner.DoAsync("GetPresence", new { channel = $"room:{roomId}" })).Result.GetProperty("total").GetInt32() == 1);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task INV_M7_should_not_be_let_in_by_a_session_that_is_resumed(Door door)
    {
        var (roomId, troll) = (server.NewName("room"), server.NewName("troll"));
        await using var owner = await OpenAsync(door, roomId);
        var first = await JoinAsync(door, roomId, troll);
        // Of a session that has nothing left there is nothing to resume.
        await first.DoAsync("Subscribe", new { channel = server.NewName("news") });
        var session = (await first.DoAsync("Resume", new { })).Result;
        first.Kill();
        await first.Ended;
        await owner.DoAsync("Ban", new { roomId, commandId = "ban", ofUserId = troll });

        await using var second = await door.ConnectAsUserAsync(server, troll);
        var resumed = (await second.DoAsync("Resume", new { sessionId = session.GetProperty("sessionId").GetString(), key = session.GetProperty("key").GetString() })).Result;

        Assert.Empty(resumed.GetProperty("rooms").EnumerateArray());
        // A door that had not noticed the end yet has kept it without the room, or without some of its channels.
        Assert.InRange(resumed.GetProperty("refused").GetArrayLength(), 0, 4);
        Assert.All(resumed.GetProperty("refused").EnumerateArray(), refused => Assert.Equal("BANNED", refused.GetProperty("error").GetProperty("code").GetString()));
        foreach (var name in Own)
            Assert.Equal("NOT_MEMBER", await second.CodeAsync("Subscribe", new { channel = $"room:{roomId}{name}" }));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task INV_M7_should_be_told_last_that_it_is_out_where_it_is_kicked_while_it_is_resumed(Door door)
    {
        var (roomId, troll) = (server.NewName("room"), server.NewName("troll"));
        await using var owner = await OpenAsync(door, roomId);
        await using var first = await JoinAsync(door, roomId, troll);
        // More to restore, so that the kick has something to come between.
        for (var i = 0; i < 20; i++)
            await first.DoAsync("Subscribe", new { channel = $"{roomId}-{i}" });
        var session = (await first.DoAsync("Resume", new { })).Result;
        await using var second = await door.ConnectAsUserAsync(server, troll);

        var kicking = owner.DoAsync("Kick", new { roomId, commandId = "kick", ofUserId = troll });
        var resumed = await second.DoAsync("Resume", new { sessionId = session.GetProperty("sessionId").GetString(), key = session.GetProperty("key").GetString() });
        await kicking;

        // Whichever came first: the answer has no room that is gone, or the news of its end is behind it.
        var had = resumed.Result.GetProperty("channels").EnumerateArray().Select(static one => one.GetProperty("channel").GetString()).ToList();
        foreach (var channel in Own.Select(name => $"room:{roomId}{name}").Where(had.Contains))
        {
            var detached = await second.ArrivalAsync(arrival => arrival is Arrival.Detached told && told.Channel == channel);
            Assert.Equal("KICKED", ((Arrival.Detached)detached).Code);
            Assert.True(second.Arrivals.IndexOf(resumed) < second.Arrivals.IndexOf(detached));
        }

        Assert.Equal("KICKED", await second.CodeAsync("GetSnapshot", new { roomId }));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_told_when_to_come_back_after_a_kick_and_not_be_thrown_out_by_the_old_one_then(Door door)
    {
        var (roomId, troll) = (server.NewName("room"), server.NewName("troll"));
        await using var owner = await OpenAsync(door, roomId);
        await using var tab = await JoinAsync(door, roomId, troll);
        var positions = (await owner.DoAsync("GetSnapshot", new { roomId })).Result.GetProperty("positions");

        await owner.DoAsync("Kick", new { roomId, commandId = "kick", ofUserId = troll });
        Assert.Equal("KICKED", await DetachedAsync(tab, $"room:{roomId}"));
        Assert.Equal("KICKED", await tab.CodeAsync("JoinRoom", new { roomId, commandId = "1" }));

        await owner.DoAsync("Lift", new { roomId, commandId = "lift", ofUserId = troll, kind = "kick" });
        var joined = await tab.DoAsync("JoinRoom", new { roomId, commandId = "2", since = positions });
        await tab.DoAsync("GetSnapshot", new { roomId });

        Assert.Equal("recovered", joined.Verdict);
        await tab.DoAsync("SendChat", new { roomId, commandId = "3", text = "sorry" });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task INV_R4_should_be_out_with_everybody_when_the_room_is_closed(Door door)
    {
        var roomId = server.NewName("room");
        await using var owner = await OpenAsync(door, roomId);
        await using var member = await JoinAsync(door, roomId, server.NewName("member"));

        await owner.DoAsync("CloseRoom", new { roomId, commandId = "close", reason = "good night" });

        foreach (var name in Own)
        {
            Assert.Equal("ROOM_CLOSED", await DetachedAsync(member, $"room:{roomId}{name}"));
            Assert.Equal("ROOM_CLOSED", await DetachedAsync(owner, $"room:{roomId}{name}"));
        }

        Assert.Equal("good night", (await member.CallAsync("JoinRoom", new { roomId, commandId = "1" })).Detail);
        await owner.DoAsync("ReopenRoom", new { roomId, commandId = "open" });
        await member.DoAsync("JoinRoom", new { roomId, commandId = "2" });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_go_on_being_in_other_rooms(Door door)
    {
        var (roomId, otherId, troll) = (server.NewName("room"), server.NewName("room"), server.NewName("troll"));
        await using var owner = await OpenAsync(door, roomId);
        await using var host = await OpenAsync(door, otherId);
        await using var tab = await JoinAsync(door, roomId, troll);
        await tab.DoAsync("JoinRoom", new { roomId = otherId, commandId = "2" });

        await owner.DoAsync("Ban", new { roomId, commandId = "ban", ofUserId = troll });
        await DetachedAsync(tab, $"room:{roomId}:playback");

        await tab.DoAsync("SendChat", new { roomId = otherId, commandId = "3", text = "hello" });
        await tab.ArrivalAsync(arrival => arrival is Arrival.Frame frame && frame.Channel == $"room:{otherId}:chat" && frame.Offsets.Any());
    }

    private async Task<DoorClient> OpenAsync(Door door, string roomId)
    {
        var owner = await door.ConnectAsUserAsync(server);
        await owner.DoAsync("CreateRoom", new { roomId, commandId = "1", name = "A room" });
        await owner.DoAsync("JoinRoom", new { roomId, commandId = "2" });
        return owner;
    }

    private async Task<DoorClient> JoinAsync(Door door, string roomId, string user)
    {
        var client = await door.ConnectAsUserAsync(server, user);
        await client.DoAsync("JoinRoom", new { roomId, commandId = "join" });
        return client;
    }

    private static async Task<string> DetachedAsync(DoorClient client, string channel) =>
        ((Arrival.Detached)await client.ArrivalAsync(arrival => arrival is Arrival.Detached detached && detached.Channel == channel)).Code;
}
