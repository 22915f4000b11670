namespace WhatsSound.Tests.Doors.Contract;

/// <summary>For a while after its end a token is as good as none, but for leaving; whoever has a new one by then notices nothing.</summary>
public sealed class When_a_token_has_run_out : IAsyncLifetime
{
    private DoorServer _server = null!;

    public static TheoryData<Door> EveryDoor => Doors.All;

    // The test asks as fast as it is answered.
    public async ValueTask InitializeAsync() =>
        _server = await DoorServer.StartAsync("--Sessions:CommandsPerSecondMax", "1000000", "--Sessions:CommandBurstMax", "1000000");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_let_leave_and_nothing_else(Door door)
    {
        var (roomId, channel) = (_server.NewName("room"), _server.NewName("news"));
        await using var client = await door.ConnectAsync(_server, _server.TokenOf(_server.NewName("user"), expiresIn: TimeSpan.FromSeconds(2)));
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
        var (channel, user) = (_server.NewName("news"), _server.NewName("user"));
        await using var client = await door.ConnectAsync(_server, _server.TokenOf(user, expiresIn: TimeSpan.FromSeconds(2)));
        await client.DoAsync("Subscribe", new { channel });
        await RunOutAsync(client, channel);

        await client.DoAsync("Authenticate", new { token = _server.TokenOf(user) });
        var last = await _server.PublishAsync(channel);
        await client.DeliveredAsync(channel, last.Offset);

        await client.DoAsync("GetSnapshot", new { roomId = await NewRoomAsync(client) });
        Assert.Empty(client.Arrivals.OfType<Arrival.Closing>());
    }

    private async Task<string> NewRoomAsync(DoorClient client)
    {
        var roomId = _server.NewName("room");
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
