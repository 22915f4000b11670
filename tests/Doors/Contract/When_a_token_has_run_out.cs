namespace WhatsSound.Tests.Doors.Contract;

/// <summary>For a while after its end a token is as good as none, but for leaving; whoever has a new one by then notices nothing.</summary>
public sealed class When_a_token_has_run_out : IAsyncLifetime
{
    private DoorServer _server = null!;

    public static TheoryData<Door> EveryDoor => Doors.All;

    private static readonly string[] AsFastAsAnswered = ["--Sessions:CommandsPerSecondMax", "1000000", "--Sessions:CommandBurstMax", "1000000"];

    public async ValueTask InitializeAsync() => _server = await DoorServer.StartAsync(AsFastAsAnswered);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_let_leave_and_nothing_else(Door door)
    {
        var (roomId, channel) = (_server.NewName("room"), _server.NewName("news"));
        await using var client = await door.ConnectAsync(_server, _server.TokenOf(_server.NewName("user"), expiresIn: TimeSpan.FromSeconds(4)));
        await client.DoAsync("Subscribe", new { channel });
        await client.DoAsync("CreateRoom", new { roomId, commandId = "1", name = "A room" });
        await client.DoAsync("JoinRoom", new { roomId, commandId = "2" });

        await RunOutAsync(client, channel);

        Assert.Equal("TOKEN_EXPIRED", await client.CodeAsync("GetSnapshot", new { roomId }));
        await client.DoAsync("LeavePresence", new { channel });
        await client.DoAsync("Unsubscribe", new { channel });
        await client.DoAsync("LeaveRoom", new { roomId, commandId = "3" });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_go_on_for_whoever_shows_a_new_one(Door door)
    {
        await using var server = await DoorServer.StartAsync([.. AsFastAsAnswered, "--Sessions:ExpiredGrace", "00:00:02"]);
        var (channel, user) = (server.NewName("news"), server.NewName("user"));
        await using var client = await door.ConnectAsync(server, server.TokenOf(user, expiresIn: TimeSpan.FromSeconds(4)));
        await using var witness = await door.ConnectAsync(server, server.TokenOf(server.NewName("user"), expiresIn: TimeSpan.FromSeconds(4)));
        await client.DoAsync("Subscribe", new { channel });
        await RunOutAsync(client, channel);

        await client.DoAsync("Authenticate", new { token = server.TokenOf(user) });
        // Whose token ran out no earlier is closed: so would this one be.
        await witness.ArrivalAsync(static arrival => arrival is Arrival.Closing { Code: "TOKEN_EXPIRED" });
        var last = await server.PublishAsync(channel);
        await client.DeliveredAsync(channel, last.Offset);

        await client.DoAsync("GetPresence", new { channel = $"room:{await NewRoomAsync(server, client)}" });
        Assert.Empty(client.Arrivals.OfType<Arrival.Closing>());
    }

    private static async Task<string> NewRoomAsync(DoorServer server, DoorClient client)
    {
        var roomId = server.NewName("room");
        await client.DoAsync("CreateRoom", new { roomId, commandId = "1", name = "A room" });
        await client.DoAsync("JoinRoom", new { roomId, commandId = "2" });
        return roomId;
    }

    /// <summary>Asks until the token is refused: tokens count whole seconds, and doors go by the clock of the machine.</summary>
    private static async Task RunOutAsync(DoorClient client, string channel)
    {
        string code;
        do
            code = await client.CodeAsync("Subscribe", new { channel });
        while (code is "" or "RATE_LIMITED");
        Assert.Equal("TOKEN_EXPIRED", code);
    }
}
