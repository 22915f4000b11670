namespace WhatsSound.Tests.Doors.Contract;

/// <summary>What a session is attached to is what its token of now allows, and ends with it.</summary>
public sealed class When_an_identity_changes : IAsyncLifetime
{
    private DoorServer _server = null!;

    public static TheoryData<Door> EveryDoor => Doors.All;

    public async ValueTask InitializeAsync() => _server = await DoorServer.StartAsync(
        "--Channels:Rules:0:Pattern", "lobby:*", "--Channels:Rules:0:Presence", "true", "--Sessions:ExpiredGrace", "00:00:00.300");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_detach_what_a_narrower_token_does_not_allow(Door door)
    {
        var (kept, gone, user) = (_server.NewName("kept"), _server.NewName("gone"), _server.NewName("user"));
        await using var client = await door.ConnectAsUserAsync(_server, user);
        await client.DoAsync("Subscribe", new { channel = kept });
        await client.DoAsync("Subscribe", new { channel = gone });

        var answer = await client.DoAsync("Authenticate", new { token = TokenOf(user, (kept, "subscribe")) });
        await _server.PublishAsync(gone);
        var last = await _server.PublishAsync(kept);
        await client.DeliveredAsync(kept, last.Offset);

        var told = Assert.Single(client.Arrivals.OfType<Arrival.Detached>());
        Assert.Equal(new Arrival.Detached(gone, "FORBIDDEN"), told);
        Assert.True(client.Arrivals.IndexOf(told) < client.Arrivals.IndexOf(answer));
        Assert.Equal("NOT_SUBSCRIBED", await client.CodeAsync("Unsubscribe", new { channel = gone }));
        Assert.Empty(client.FramesOf(gone));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_take_a_user_out_of_presence_that_a_narrower_token_does_not_allow(Door door)
    {
        var (left, silent, user) = ($"lobby:{_server.NewName("l")}", $"lobby:{_server.NewName("l")}", _server.NewName("user"));
        await using var watcher = await door.ConnectAsUserAsync(_server);
        await using var client = await door.ConnectAsUserAsync(_server, user);
        foreach (var channel in (string[])[left, silent])
        {
            await client.DoAsync("Subscribe", new { channel });
            await client.DoAsync("EnterPresence", new { channel });
            Assert.Equal(1, await CountAsync(watcher, channel));
        }

        await client.DoAsync("Authenticate", new { token = TokenOf(user, (silent, "subscribe")) });

        Assert.Equal(0, await CountAsync(watcher, left));
        Assert.Equal(0, await CountAsync(watcher, silent));
        Assert.Equal([left], client.Arrivals.OfType<Arrival.Detached>().Select(told => told.Channel));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_leave_a_room_that_a_narrower_token_does_not_allow(Door door)
    {
        var (roomId, user) = (_server.NewName("room"), _server.NewName("user"));
        await using var owner = await door.ConnectAsUserAsync(_server);
        await owner.DoAsync("CreateRoom", new { roomId, commandId = "1", name = "A room" });
        await owner.DoAsync("JoinRoom", new { roomId, commandId = "2" });
        await using var client = await door.ConnectAsUserAsync(_server, user);
        await client.DoAsync("JoinRoom", new { roomId, commandId = "3" });

        await client.DoAsync("Authenticate", new { token = TokenOf(user, ($"room:{roomId}", "presence"), ($"room:{roomId}:queue", "subscribe")) });

        Assert.Equal(1, await CountAsync(owner, $"room:{roomId}"));
        Assert.Equal(
            [$"room:{roomId}", $"room:{roomId}:chat", $"room:{roomId}:playback", $"room:{roomId}:queue"],
            client.Arrivals.OfType<Arrival.Detached>().Select(told => told.Channel).Order(StringComparer.Ordinal));
        Assert.Equal("NOT_SUBSCRIBED", await client.CodeAsync("Unsubscribe", new { channel = $"room:{roomId}" }));
        Assert.Equal("FORBIDDEN", await client.CodeAsync("JoinRoom", new { roomId, commandId = "4" }));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_change_nothing_for_a_token_that_is_refused_or_allows_as_much(Door door)
    {
        var (channel, user) = (_server.NewName("news"), _server.NewName("user"));
        await using var client = await door.ConnectAsUserAsync(_server, user);
        await client.DoAsync("Subscribe", new { channel });

        Assert.Equal("FORBIDDEN", await client.CodeAsync("Authenticate", new { token = _server.TokenOf("somebody else") }));
        Assert.Equal("TOKEN_INVALID", await client.CodeAsync("Authenticate", new { token = "no.token.this" }));
        await client.DoAsync("Authenticate", new { token = TokenOf(user, (channel, "subscribe")) });

        var last = await _server.PublishAsync(channel);
        await client.DeliveredAsync(channel, last.Offset);
        Assert.Empty(client.Arrivals.OfType<Arrival.Detached>());
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_end_some_time_after_the_token(Door door)
    {
        await using var client = await door.ConnectAsync(_server, _server.TokenOf(_server.NewName("user"), expiresIn: TimeSpan.FromSeconds(4)));
        await client.DoAsync("Subscribe", new { channel = _server.NewName("news") });

        var closing = (Arrival.Closing)await client.ArrivalAsync(arrival => arrival is Arrival.Closing);

        Assert.Equal(("TOKEN_EXPIRED", 0L), (closing.Code, closing.ReconnectAfterMs));
        await client.Ended;
    }

    private async Task<int> CountAsync(DoorClient watcher, string channel) =>
        (await watcher.DoAsync("GetPresence", new { channel })).Result.GetProperty("total").GetInt32();

    private string TokenOf(string userId, params (string Channel, string Allowed)[] capabilities) =>
        _server.TokenOf(userId, capabilities.ToDictionary(one => one.Channel, one => new[] { one.Allowed }, StringComparer.Ordinal));
}
