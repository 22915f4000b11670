namespace WhatsSound.Tests.Doors.Contract;

/// <summary>A refusal has its code, has changed nothing, and leaves the connection as it was.</summary>
public sealed class When_access_is_refused(DoorServer server)
{
    public static TheoryData<Door> EveryDoor => Doors.All;

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_need_a_token_which_may_come_later(Door door)
    {
        var channel = server.NewName("news");
        await using var client = await door.ConnectAsync(server, token: null);

        Assert.Equal("UNAUTHENTICATED", await client.CodeAsync("Subscribe", new { channel }));
        await client.DoAsync("Time", new { t1Us = 1 });
        await client.DoAsync("Authenticate", new { token = server.TokenOf("ada") });

        await client.DoAsync("Subscribe", new { channel });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_say_what_is_wrong_with_a_token_until_there_is_a_good_one(Door door)
    {
        var channel = server.NewName("news");
        await using var client = await door.ConnectAsync(server, "no.token.this");

        Assert.Equal("TOKEN_INVALID", await client.CodeAsync("Subscribe", new { channel }));
        Assert.Equal("TOKEN_INVALID", await client.CodeAsync("Authenticate", new { token = "nor.is.this" }));
        await client.DoAsync("Authenticate", new { token = server.TokenOf("ada") });

        await client.DoAsync("Subscribe", new { channel });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_stay_with_one_user(Door door)
    {
        var user = server.NewName("user");
        await using var client = await door.ConnectAsUserAsync(server, user);

        await client.DoAsync("Authenticate", new { token = server.TokenOf(user) });

        Assert.Equal("FORBIDDEN", await client.CodeAsync("Authenticate", new { token = server.TokenOf("somebody else") }));
        Assert.Equal("FORBIDDEN", await client.CodeAsync("Subscribe", new { channel = server.NewName("news"), userId = "somebody else" }));
        await client.DoAsync("Subscribe", new { channel = server.NewName("news"), userId = user });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_hold_a_token_to_its_capabilities(Door door)
    {
        var (mine, other) = (server.NewName("mine"), server.NewName("other"));
        var capabilities = new Dictionary<string, string[]> { [mine] = ["subscribe"] };
        await using var client = await door.ConnectAsync(server, server.TokenOf(server.NewName("user"), capabilities));

        Assert.Equal("FORBIDDEN", await client.CodeAsync("Subscribe", new { channel = other }));
        Assert.Equal("FORBIDDEN", await client.CodeAsync("Publish", new { channel = mine, id = "1", @event = "said", data = 1 }));

        await client.DoAsync("Subscribe", new { channel = mine });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_narrow_what_a_renewed_token_narrows(Door door)
    {
        var (channel, user) = (server.NewName("news"), server.NewName("user"));
        await using var client = await door.ConnectAsUserAsync(server, user);
        await client.DoAsync("Publish", new { channel, id = "1", @event = "said", data = 1 });

        await client.DoAsync("Authenticate", new { token = server.TokenOf(user, new Dictionary<string, string[]> { [channel] = ["subscribe"] }) });

        Assert.Equal("FORBIDDEN", await client.CodeAsync("Publish", new { channel, id = "2", @event = "said", data = 2 }));
        await client.DoAsync("Subscribe", new { channel });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_keep_a_users_channels_to_that_user(Door door)
    {
        var user = server.NewName("user");
        await using var client = await door.ConnectAsUserAsync(server, user);

        Assert.Equal("FORBIDDEN", await client.CodeAsync("Subscribe", new { channel = "user:somebody-else:notifications" }));

        await client.DoAsync("Subscribe", new { channel = $"user:{user}:notifications" });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_keep_commands_of_a_room_to_tokens_that_allow_them(Door door)
    {
        var roomId = server.NewName("room");
        await using var owner = await door.ConnectAsUserAsync(server);
        await owner.DoAsync("CreateRoom", new { roomId, commandId = "1", name = "A room" });
        await using var client = await door.ConnectAsync(server, server.TokenOf(server.NewName("user"), new Dictionary<string, string[]> { [$"room:{roomId}"] = ["subscribe"] }));

        Assert.Equal("FORBIDDEN", await client.CodeAsync("SendChat", new { roomId, commandId = "1", text = "hello" }));
        Assert.Equal("FORBIDDEN", await client.CodeAsync("JoinRoom", new { roomId, commandId = "2" }));
        // Who may not stay may go.
        Assert.Equal("NOT_MEMBER", await client.CodeAsync("LeaveRoom", new { roomId, commandId = "3" }));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_know_no_request_that_there_is_not(Door door)
    {
        await using var client = await door.ConnectAsUserAsync(server);

        Assert.Equal("UNKNOWN_METHOD", await client.CodeAsync("DropTables", new { }));

        await client.DoAsync("Time", new { t1Us = 1 });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_refuse_a_field_that_is_wrong(Door door)
    {
        await using var client = await door.ConnectAsUserAsync(server);

        Assert.Equal("BAD_REQUEST", await client.CodeAsync("Subscribe", new { }));
        Assert.Equal("BAD_REQUEST", await client.CodeAsync("Subscribe", new { channel = 7 }));
        Assert.Equal("BAD_REQUEST", await client.CodeAsync("Subscribe", new { channel = ":no" }));
        Assert.Equal("BAD_REQUEST", await client.CodeAsync("Subscribe", new { channel = "news", rewindCount = 101 }));

        await client.DoAsync("Subscribe", new { channel = server.NewName("news") });
    }
}
