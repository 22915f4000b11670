namespace WhatsSound.Tests.Doors.Contract;

/// <summary>How many are in a channel is known to whoever may listen, and told to whoever asked.</summary>
public sealed class When_occupancy_is_followed(When_occupancy_is_followed.QuickServer quick) : IClassFixture<When_occupancy_is_followed.QuickServer>
{
    private readonly DoorServer _server = quick.Server;

    public static TheoryData<Door> EveryDoor => Doors.All;

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_tell_who_asked_and_nobody_else(Door door)
    {
        var (channel, user) = ($"lobby:{_server.NewName("l")}", _server.NewName("user"));
        await using var follower = await door.ConnectAsUserAsync(_server, user);
        await using var tab = await door.ConnectAsUserAsync(_server, user);
        var start = await follower.DoAsync("Subscribe", new { channel, occupancy = true });
        await tab.DoAsync("Subscribe", new { channel });
        foreach (var client in (DoorClient[])[follower, tab])
            await client.DoAsync("EnterPresence", new { channel });

        var here = new Arrival.Occupancy(channel, Connections: 2, Users: 1, Subscribers: 2);
        await follower.ArrivalAsync(arrival => arrival.Equals(here));

        Assert.Equal(here, ArrivalReader.Occupancy((await tab.DoAsync("GetOccupancy", new { channel })).Result));
        Assert.Empty(tab.Arrivals.OfType<Arrival.Occupancy>());
        await tab.DoAsync("Unsubscribe", new { channel });
        await follower.ArrivalAsync(arrival => arrival.Equals(here with { Connections = 1, Subscribers = 1 }));
        // It has no number: what is delivered has no gap.
        var last = await _server.PublishAsync(channel);
        await follower.DeliveredAsync(channel, last.Offset);
        Assert.Equal(Enumerable.Range((int)start.Offset + 1, (int)(last.Offset - start.Offset)).Select(offset => (long)offset), follower.OffsetsOf(channel));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_tell_who_asks_while_nothing_changes(Door door)
    {
        var channel = $"lobby:{_server.NewName("l")}";
        await using var follower = await door.ConnectAsUserAsync(_server, _server.NewName("user"));
        await follower.DoAsync("Subscribe", new { channel, occupancy = true });
        var here = new Arrival.Occupancy(channel, Connections: 0, Users: 0, Subscribers: 1);
        await follower.ArrivalAsync(arrival => arrival.Equals(here));

        await follower.DoAsync("Subscribe", new { channel, occupancy = true });

        Assert.Equal([here, here], await follower.CountAsync(arrival => arrival.Equals(here), 2));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_for_those_who_may_listen(Door door)
    {
        var channel = _server.NewName("news");
        await using var client = await door.ConnectAsync(_server, _server.TokenOf(_server.NewName("user"), new Dictionary<string, string[]> { [channel] = ["subscribe"] }));

        Assert.Equal("FORBIDDEN", await client.CodeAsync("GetOccupancy", new { channel = _server.NewName("other") }));
        Assert.Equal("FORBIDDEN", await client.CodeAsync("GetOccupancy", new { channel = "user:ada:notifications" }));

        Assert.Equal(new Arrival.Occupancy(channel, 0, 0, 0), ArrivalReader.Occupancy((await client.DoAsync("GetOccupancy", new { channel })).Result));
    }

    /// <summary>A server whose gateway reports often.</summary>
    public sealed class QuickServer : IAsyncLifetime
    {
        internal DoorServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await DoorServer.StartAsync(
            "--Channels:Rules:0:Pattern", "lobby:*", "--Channels:Rules:0:Presence", "true", "--Delivery:OccupancyInterval", "00:00:00.050");

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
