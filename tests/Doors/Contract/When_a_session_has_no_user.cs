namespace WhatsSound.Tests.Doors.Contract;

/// <summary>A session without a user may do what a channel's rule gives to such sessions, and nothing else, until it is somebody's.</summary>
public sealed class When_a_session_has_no_user(When_a_session_has_no_user.OpenServer open) : IClassFixture<When_a_session_has_no_user.OpenServer>
{
    private readonly DoorServer _server = open.Server;

    public static TheoryData<Door> EveryDoor => Doors.All;

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_do_what_the_rule_gives_it(Door door)
    {
        var channel = _server.NewName("open:news");
        await using var listener = await door.ConnectAsync(_server, token: null);
        await using var speaker = await door.ConnectAsync(_server, token: null);
        await listener.DoAsync("Subscribe", new { channel });

        await speaker.DoAsync("Publish", new { channel, id = "1", @event = "said", data = 1 });
        await listener.DoAsync("Publish", new { channel, id = "1", @event = "said", data = 2 });

        await listener.DeliveredAsync(channel, 2);
        Assert.Equal([1L, 2], listener.OffsetsOf(channel));
        var publications = listener.FramesOf(channel).SelectMany(frame => frame.Publications.EnumerateArray()).ToList();
        Assert.All(publications, publication => Assert.Equal("anonymous", publication.GetProperty("publisherKind").GetString()));
        Assert.Equal(2, publications.Select(publication => publication.GetProperty("publisher").GetString()).Distinct().Count());
        var rewound = await speaker.DoAsync("Subscribe", new { channel, rewindCount = 10 });
        Assert.Equal([1L, 2], rewound.Offsets);
        Assert.Equal([1L, 2], (await speaker.DoAsync("GetHistory", new { channel })).Offsets);
        await speaker.DoAsync("Unsubscribe", new { channel });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_refused_what_the_rule_does_not_give_it(Door door)
    {
        var (open, heard, said) = (_server.NewName("open:o"), _server.NewName("heard:h"), _server.NewName("said:s"));
        await using var client = await door.ConnectAsync(_server, token: null);
        await client.DoAsync("Subscribe", new { channel = open });

        foreach (var channel in (string[])[_server.NewName("news"), _server.NewName("members:m"), "room:jazz", "room:jazz:chat", "user:ada:notifications", "user:ada:any", said])
        {
            Assert.Equal("UNAUTHENTICATED", await client.CodeAsync("Subscribe", new { channel }));
            Assert.Equal(("UNAUTHENTICATED", "subscribe"), await RefusalAsync(client, "GetHistory", new { channel }));
        }

        foreach (var channel in (string[])[_server.NewName("news"), _server.NewName("members:m"), "room:jazz", heard])
            Assert.Equal("UNAUTHENTICATED", await client.CodeAsync("Publish", new { channel, id = "1", data = 1 }));
        Assert.Equal("UNAUTHENTICATED", await client.CodeAsync("EnterPresence", new { channel = open }));
        Assert.Equal("UNAUTHENTICATED", await client.CodeAsync("GetPresence", new { channel = open }));
        Assert.Equal("UNAUTHENTICATED", await client.CodeAsync("LeavePresence", new { channel = open }));
        Assert.Equal("UNAUTHENTICATED", await client.CodeAsync("JoinRoom", new { roomId = "jazz", commandId = "1" }));
        Assert.Equal("UNAUTHENTICATED", await client.CodeAsync("LeaveRoom", new { roomId = "jazz", commandId = "1" }));
        Assert.Equal("FORBIDDEN", await client.CodeAsync("Subscribe", new { channel = open, userId = "ada" }));
        await client.DoAsync("Subscribe", new { channel = heard });
        await client.DoAsync("Publish", new { channel = said, id = "1", data = 1 });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_have_no_history_that_the_rule_does_not_give_it(Door door)
    {
        var channel = _server.NewName("heard:news");
        await _server.PublishAsync(channel);
        await using var client = await door.ConnectAsync(_server, token: null);

        Assert.Equal("UNAUTHENTICATED", await client.CodeAsync("Subscribe", new { channel, rewindCount = 10 }));
        Assert.Equal("UNAUTHENTICATED", await client.CodeAsync("Subscribe", new { channel, rewindMs = 10_000 }));
        Assert.Equal(("UNAUTHENTICATED", "history"), await RefusalAsync(client, "GetHistory", new { channel }));
        var live = await client.DoAsync("Subscribe", new { channel });
        var since = live.Result.GetProperty("position");
        Assert.Equal("recovered", (await client.DoAsync("Subscribe", new { channel, since })).Verdict);
        await _server.PublishAsync(channel, 2);
        await client.DeliveredAsync(channel, 3);
        var lost = await client.DoAsync("Subscribe", new { channel, since });

        Assert.Equal(("lost", 2L, 3L), (lost.Verdict, lost.Result.GetProperty("lostFrom").GetInt64(), lost.Result.GetProperty("lostTo").GetInt64()));
        Assert.Empty(lost.Offsets);
        var last = await _server.PublishAsync(channel);
        await client.DeliveredAsync(channel, last.Offset);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_have_the_newest_of_each_key_where_the_rule_gives_it_a_history(Door door)
    {
        var (withHistory, without) = (_server.NewName("ticker:prices"), _server.NewName("glance:prices"));
        foreach (var channel in (string[])[withHistory, without])
            await _server.PublishAsync(channel, key: "a");
        await using var client = await door.ConnectAsync(_server, token: null);

        Assert.Equal([1L], (await client.DoAsync("Subscribe", new { channel = withHistory })).Offsets);
        Assert.Empty((await client.DoAsync("Subscribe", new { channel = without })).Offsets);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_stay_beyond_the_time_that_a_stranger_has(Door door)
    {
        var channel = _server.NewName("open:news");
        await using var client = await door.ConnectAsync(_server, token: null);
        await client.DoAsync("Subscribe", new { channel });
        await using var stranger = await door.ConnectAsync(_server, "no.token.this");

        var closing = (Arrival.Closing)await stranger.ArrivalAsync(arrival => arrival is Arrival.Closing);
        var last = await _server.PublishAsync(channel);
        await client.DeliveredAsync(channel, last.Offset);

        Assert.Equal("UNAUTHENTICATED", closing.Code);
        Assert.Empty(client.Arrivals.OfType<Arrival.Closing>());
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_become_somebody_and_keep_what_it_has(Door door)
    {
        var (kept, user) = (_server.NewName("open:kept"), _server.NewName("user"));
        await using var client = await door.ConnectAsync(_server, token: null);
        await client.DoAsync("Subscribe", new { channel = kept });

        await client.DoAsync("Authenticate", new { token = _server.TokenOf(user) });
        await client.DoAsync("Publish", new { channel = kept, id = "1", data = 1 });
        await client.DeliveredAsync(kept, 1);

        Assert.Empty(client.Arrivals.OfType<Arrival.Detached>());
        Assert.Equal(user, client.FramesOf(kept).Single().Publications[0].GetProperty("publisher").GetString());
        await client.DoAsync("Subscribe", new { channel = _server.NewName("members:m") });
        await client.DoAsync("EnterPresence", new { channel = kept });
        Assert.Equal("FORBIDDEN", await client.CodeAsync("Authenticate", new { token = _server.TokenOfNobody() }));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_lose_what_its_user_may_not_have(Door door)
    {
        var (kept, gone) = (_server.NewName("open:kept"), _server.NewName("open:gone"));
        await using var client = await door.ConnectAsync(_server, token: null);
        await client.DoAsync("Subscribe", new { channel = kept });
        await client.DoAsync("Subscribe", new { channel = gone });

        await client.DoAsync("Authenticate", new { token = _server.TokenOf(_server.NewName("user"), new Dictionary<string, string[]> { [kept] = ["subscribe"] }) });
        await _server.PublishAsync(gone);
        var last = await _server.PublishAsync(kept);
        await client.DeliveredAsync(kept, last.Offset);

        Assert.Equal([new Arrival.Detached(gone, "FORBIDDEN")], client.Arrivals.OfType<Arrival.Detached>());
        Assert.Empty(client.FramesOf(gone));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_bounded_by_a_token_that_names_no_user(Door door)
    {
        var (allowed, other) = (_server.NewName("open:allowed"), _server.NewName("open:other"));
        var token = _server.TokenOfNobody(new Dictionary<string, string[]> { [allowed] = ["subscribe"] }, TimeSpan.FromSeconds(4));
        await using var client = await door.ConnectAsync(_server, token);

        Assert.Equal("FORBIDDEN", await client.CodeAsync("Subscribe", new { channel = other }));
        Assert.Equal("FORBIDDEN", await client.CodeAsync("Publish", new { channel = allowed, id = "1", data = 1 }));
        await client.DoAsync("Subscribe", new { channel = allowed });
        var closing = (Arrival.Closing)await client.ArrivalAsync(arrival => arrival is Arrival.Closing);

        Assert.Equal(("TOKEN_EXPIRED", 0L), (closing.Code, closing.ReconnectAfterMs));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_take_a_token_that_names_no_user_later(Door door)
    {
        var (allowed, gone) = (_server.NewName("open:allowed"), _server.NewName("open:gone"));
        await using var client = await door.ConnectAsync(_server, token: null);
        await client.DoAsync("Subscribe", new { channel = gone });

        var answer = await client.DoAsync("Authenticate", new { token = _server.TokenOfNobody(new Dictionary<string, string[]> { [allowed] = ["subscribe"] }) });

        Assert.Equal("", answer.Result.GetProperty("userId").GetString());
        Assert.Equal([new Arrival.Detached(gone, "FORBIDDEN")], client.Arrivals.OfType<Arrival.Detached>());
        await client.DoAsync("Subscribe", new { channel = allowed });
        Assert.Equal("UNAUTHENTICATED", await client.CodeAsync("GetPresence", new { channel = allowed }));
    }

    private static async Task<(string Code, string? Detail)> RefusalAsync(DoorClient client, string request, object fields)
    {
        var answer = await client.CallAsync(request, fields);
        return (answer.Code, answer.Detail);
    }

    /// <summary>A server with channels for such sessions.</summary>
    public sealed class OpenServer : IAsyncLifetime
    {
        internal DoorServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await DoorServer.StartAsync(
            "--Channels:Rules:0:Pattern", "open:*", "--Channels:Rules:0:Anonymous", "Subscribe, Publish, History", "--Channels:Rules:0:Presence", "true",
            "--Channels:Rules:1:Pattern", "heard:*", "--Channels:Rules:1:Anonymous", "Subscribe",
            "--Channels:Rules:2:Pattern", "said:*", "--Channels:Rules:2:Anonymous", "Publish",
            "--Channels:Rules:3:Pattern", "members:*", "--Channels:Rules:3:Identified", "true",
            "--Channels:Rules:4:Pattern", "ticker:*", "--Channels:Rules:4:Anonymous", "Subscribe, History", "--Channels:Rules:4:ConflateInterval", "00:00:00.200",
            "--Channels:Rules:5:Pattern", "glance:*", "--Channels:Rules:5:Anonymous", "Subscribe", "--Channels:Rules:5:ConflateInterval", "00:00:00.200",
            "--Identity:SubjectRequired", "false", "--Sessions:AuthenticateWithin", "00:00:02", "--Sessions:ExpiredGrace", "00:00:00.300");

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
