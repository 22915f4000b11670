using System.Text.Json;

namespace WhatsSound.Tests.Doors.Contract;

/// <summary>A session outlives its connection, if its client has asked for that: another connection goes on with it, from what the client has.</summary>
public sealed class When_a_session_is_resumed : IAsyncLifetime
{
    private DoorServer _server = null!;

    public static TheoryData<Door> EveryDoor => Doors.All;

    public async ValueTask InitializeAsync() => _server = await DoorServer.StartAsync(
        "--Channels:Rules:0:Pattern",
        "lobby:*",
        "--Channels:Rules:0:Presence",
        "true",
        "--Channels:Rules:1:Pattern",
        "short:*",
        "--Channels:Rules:1:HistoryCountMax",
        "2",
        "--Delivery:WindowPublicationsMax",
        "2");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_go_on_from_what_the_client_has(Door door)
    {
        var (news, filtered, user) = (_server.NewName("news"), _server.NewName("filtered"), _server.NewName("user"));
        var first = await door.ConnectAsUserAsync(_server, user);
        await first.DoAsync("Subscribe", new { channel = news });
        var at = await first.DoAsync("Subscribe", new { channel = filtered, echo = false, events = new[] { "wanted" } });
        var key = KeyOf(await first.DoAsync("Resume", new { }));
        var before = await _server.PublishAsync(news, count: 3);
        await first.DeliveredAsync(news, before.Offset);
        first.Kill();
        await _server.PublishAsync(news, count: 2);
        await _server.PublishAsync(filtered, count: 2);

        await using var second = await door.ConnectAsUserAsync(_server, user);
        var answer = await second.DoAsync("Resume", new
        {
            key.SessionId,
            key.Key,
            positions = new Dictionary<string, object> { [news] = PositionOf(before), [filtered] = at.Result.GetProperty("position") },
        }.ToFields());
        var last = await _server.PublishAsync(news);
        await second.DeliveredAsync(news, last.Offset);

        Assert.Equal(("recovered", "recovered"), (ChannelIn(answer, news).GetProperty("verdict").GetString(), ChannelIn(answer, filtered).GetProperty("verdict").GetString()));
        // An answer goes as far as the gateway has come, which may be behind what was acknowledged: the rest follows it.
        Assert.Equal([before.Offset + 1, before.Offset + 2, last.Offset], [.. OffsetsIn(answer, news), .. second.OffsetsOf(news)]);
        Assert.Empty(OffsetsIn(answer, filtered));
        Assert.True(second.Arrivals.IndexOf(answer) < second.Arrivals.IndexOf(second.FramesOf(news).First()));
        await second.DoAsync("Publish", new { channel = filtered, id = "mine", @event = "wanted", data = 1 });
        await _server.PublishAsync(news);
        await second.DeliveredAsync(news, last.Offset + 1);
        Assert.DoesNotContain(second.FramesOf(filtered), frame => frame.Offsets.Any());
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_go_on_to_be_told_how_many_there_are(Door door)
    {
        var (channel, user) = (_server.NewName("news"), _server.NewName("user"));
        var first = await door.ConnectAsUserAsync(_server, user);
        await first.DoAsync("Subscribe", new { channel, occupancy = true });
        var key = KeyOf(await first.DoAsync("Resume", new { }));
        first.Kill();

        await using var second = await door.ConnectAsUserAsync(_server, user);
        await second.DoAsync("Resume", key.ToFields());

        await second.ArrivalAsync(arrival => arrival.Equals(new Arrival.Occupancy(channel, Connections: 0, Users: 0, Subscribers: 1)));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_wait_on_where_another_door_was_tried(Door door)
    {
        var (channel, user) = (_server.NewName("news"), _server.NewName("user"));
        var first = await door.ConnectAsUserAsync(_server, user);
        await first.DoAsync("Subscribe", new { channel });
        var key = KeyOf(await first.DoAsync("Resume", new { }));
        var wrong = door == Door.Plain ? Door.SignalRWebSocket : Door.Plain;
        await using (var stray = await wrong.ConnectAsUserAsync(_server, user))
            Assert.Equal("SESSION_NOT_FOUND", await stray.CodeAsync("Resume", key.ToFields()));

        await using var second = await door.ConnectAsUserAsync(_server, user);
        var answer = await second.DoAsync("Resume", key.ToFields());

        Assert.Equal("lost", ChannelIn(answer, channel).GetProperty("verdict").GetString());
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_say_what_is_lost(Door door)
    {
        var (shortened, untold, user) = ($"short:{_server.NewName("s")}", _server.NewName("news"), _server.NewName("user"));
        var first = await door.ConnectAsUserAsync(_server, user);
        var at = await first.DoAsync("Subscribe", new { channel = shortened });
        await first.DoAsync("Subscribe", new { channel = untold });
        var key = KeyOf(await first.DoAsync("Resume", new { }));
        first.Kill();
        await using var witness = await door.ConnectAsUserAsync(_server);
        await witness.DoAsync("Subscribe", new { channel = shortened });
        var head = await _server.PublishAsync(shortened, count: 5);
        // The gateway has all that the channel has.
        await witness.DeliveredAsync(shortened, head.Offset);

        await using var second = await door.ConnectAsUserAsync(_server, user);
        var answer = await second.DoAsync("Resume", new
        {
            key.SessionId, key.Key, positions = new Dictionary<string, object> { [shortened] = at.Result.GetProperty("position") },
        }.ToFields());

        var lost = ChannelIn(answer, shortened);
        Assert.Equal("lost", lost.GetProperty("verdict").GetString());
        Assert.Equal((1, head.Offset - 2), (lost.GetProperty("lostFrom").GetInt64(), lost.GetProperty("lostTo").GetInt64()));
        // Who does not say what they have is not told that it is all.
        Assert.Equal("lost", ChannelIn(answer, untold).GetProperty("verdict").GetString());
        var next = await _server.PublishAsync(untold);
        await second.DeliveredAsync(untold, next.Offset);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_one_connections_whoever_asks_again(Door door)
    {
        var (channel, user) = (_server.NewName("news"), _server.NewName("user"));
        await using var first = await door.ConnectAsUserAsync(_server, user);
        await first.DoAsync("Subscribe", new { channel });
        var key = KeyOf(await first.DoAsync("Resume", new { }));

        // Nobody has noticed that the first is gone; and so again.
        await using var second = await door.ConnectAsUserAsync(_server, user);
        await second.DoAsync("Resume", key.ToFields());
        await using var third = await door.ConnectAsUserAsync(_server, user);
        await third.DoAsync("Resume", key.ToFields());

        foreach (var loser in (DoorClient[])[first, second])
            Assert.Equal(new Arrival.Closing("CONNECTION_LIMIT", null), await loser.ArrivalAsync(arrival => arrival is Arrival.Closing));
        var last = await _server.PublishAsync(channel);
        await third.DeliveredAsync(channel, last.Offset);
        Assert.Empty(first.FramesOf(channel));
        Assert.Empty(second.FramesOf(channel));
        Assert.Equal("CONFLICT", await third.CodeAsync("Resume", key.ToFields()));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_not_be_anybody_elses(Door door)
    {
        var (channel, user) = (_server.NewName("news"), _server.NewName("user"));
        var first = await door.ConnectAsUserAsync(_server, user);
        await first.DoAsync("Subscribe", new { channel });
        var key = KeyOf(await first.DoAsync("Resume", new { }));
        first.Kill();

        await using var another = await door.ConnectAsUserAsync(_server);
        Assert.Equal("SESSION_NOT_FOUND", await another.CodeAsync("Resume", key.ToFields()));
        await using var guesser = await door.ConnectAsUserAsync(_server, user);
        Assert.Equal("SESSION_NOT_FOUND", await guesser.CodeAsync("Resume", (key with { Key = "a guess" }).ToFields()));
        Assert.Equal("BAD_REQUEST", await guesser.CodeAsync("Resume", new { sessionId = key.SessionId }));
        await using var stranger = await door.ConnectAsync(_server, token: null);
        Assert.Equal("UNAUTHENTICATED", await stranger.CodeAsync("Resume", key.ToFields()));

        await guesser.DoAsync("Resume", key.ToFields());
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_gone_with_a_goodbye(Door door)
    {
        var user = _server.NewName("user");
        await using var first = await door.ConnectAsUserAsync(_server, user);
        await first.DoAsync("Subscribe", new { channel = _server.NewName("news") });
        var key = KeyOf(await first.DoAsync("Resume", new { }));
        await first.SayGoodbyeAsync();
        first.Kill();
        await first.Ended;
        var sessions = (WhatsSound.Gateway.Sessions.SessionRegistry)_server.Services.GetService(typeof(WhatsSound.Gateway.Sessions.SessionRegistry))!;
        await Eventually.BecomesTrueAsync(() => !sessions.TryFind(key.SessionId, out _));

        await using var second = await door.ConnectAsUserAsync(_server, user);
        Assert.Equal("SESSION_NOT_FOUND", await second.CodeAsync("Resume", key.ToFields()));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_name_what_is_not_allowed_any_more(Door door)
    {
        var (kept, gone, lobby, user) = (_server.NewName("kept"), _server.NewName("gone"), $"lobby:{_server.NewName("l")}", _server.NewName("user"));
        var first = await door.ConnectAsUserAsync(_server, user);
        foreach (var channel in (string[])[kept, gone, lobby])
            await first.DoAsync("Subscribe", new { channel });
        await first.DoAsync("EnterPresence", new { channel = lobby });
        var key = KeyOf(await first.DoAsync("Resume", new { }));
        first.Kill();

        var narrower = new Dictionary<string, string[]>(StringComparer.Ordinal) { [kept] = ["subscribe"], [lobby] = ["subscribe"] };
        await using var second = await door.ConnectAsync(_server, _server.TokenOf(user, narrower));
        var answer = await second.DoAsync("Resume", key.ToFields());

        Assert.Equal([kept, lobby], answer.Result.GetProperty("channels").EnumerateArray().Select(one => one.GetProperty("channel").GetString()));
        Assert.Equal(
            [(gone, "subscribe", "FORBIDDEN"), (lobby, "presence", "FORBIDDEN")],
            answer.Result.GetProperty("refused").EnumerateArray().Select(one => (
                one.GetProperty("channel").GetString()!, one.GetProperty("what").GetString()!, one.GetProperty("error").GetProperty("code").GetString()!)));
        Assert.Equal("NOT_SUBSCRIBED", await second.CodeAsync("Unsubscribe", new { channel = gone }));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_in_its_rooms_and_presence_as_before(Door door)
    {
        var (roomId, lobby, user) = (_server.NewName("room"), $"lobby:{_server.NewName("l")}", _server.NewName("user"));
        await using var owner = await door.ConnectAsUserAsync(_server);
        await owner.DoAsync("CreateRoom", new { roomId, commandId = "1", name = "A room" });
        await owner.DoAsync("JoinRoom", new { roomId, commandId = "2" });
        await owner.DoAsync("Subscribe", new { channel = lobby });
        var first = await door.ConnectAsUserAsync(_server, user);
        var positions = (await first.DoAsync("JoinRoom", new { roomId, commandId = "1" })).Result.GetProperty("snapshot").GetProperty("positions");
        await first.DoAsync("Subscribe", new { channel = lobby });
        await first.DoAsync("EnterPresence", new { channel = lobby, info = new { mood = "good" } });
        var key = KeyOf(await first.DoAsync("Resume", new { }));
        first.Kill();
        await owner.DoAsync("SendChat", new { roomId, commandId = "3", text = "missed" });

        await using var second = await door.ConnectAsUserAsync(_server, user);
        var answer = await second.DoAsync("Resume", new { key.SessionId, key.Key, positions }.ToFields());
        var chat = $"room:{roomId}:chat";

        Assert.Equal([roomId], answer.Result.GetProperty("rooms").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal("recovered", ChannelIn(answer, chat).GetProperty("verdict").GetString());
        await second.DoAsync("SendChat", new { roomId, commandId = "2", text = "here" });
        await second.DeliveredAsync(chat, 2);
        Assert.Equal([1, 2], [.. OffsetsIn(answer, chat), .. second.OffsetsOf(chat)]);
        var shown = (await owner.DoAsync("GetPresence", new { channel = lobby })).Result.GetProperty("members").EnumerateArray().Single();
        Assert.Equal("good", shown.GetProperty("info").GetProperty("mood").GetString());
        Assert.DoesNotContain(owner.FramesOf($"room:{roomId}"), frame => frame.Publications.GetRawText().Contains($"\"left\":[\"{user}\"]", StringComparison.Ordinal));
    }

    private static SessionKey KeyOf(Arrival.Answer answer) => new(answer.Result.GetProperty("sessionId").GetString()!, answer.Result.GetProperty("key").GetString()!);

    private static object PositionOf(WhatsSound.Publications.Position position) => new { epoch = position.Epoch, offset = position.Offset };

    private static JsonElement ChannelIn(Arrival.Answer answer, string channel) =>
        answer.Result.GetProperty("channels").EnumerateArray().Single(one => one.GetProperty("channel").GetString() == channel);

    private static IEnumerable<long> OffsetsIn(Arrival.Answer answer, string channel) =>
        ChannelIn(answer, channel).GetProperty("publications").EnumerateArray().Select(one => one.GetProperty("offset").GetInt64());

    private sealed record SessionKey(string SessionId, string Key);
}
