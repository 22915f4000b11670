using WhatsSound.Tests.Doors.Contract;

namespace WhatsSound.Tests.Doors.Plain;

/// <summary>What the transport does for protocols that do not leave it to the WebSocket's own pings.</summary>
public sealed class When_a_protocol_has_signs_of_life(DoorServer server)
{
    /// <summary>While a request is carried out nothing is read, so nobody knows whether the client is silent.</summary>
    [Fact]
    public async Task Should_not_take_a_client_for_silent_that_is_not_read()
    {
        await using var stalling = await DoorServer.StartAsync();
        await using var client = await PlainClient.ConnectAsync(stalling.Address, stalling.TokenOf("ada"), DoorServer.StallingPath);
        var request = await client.SendAsync("Time", new { t1Us = 1 });

        // Each is a look at how long the client has been silent.
        await client.CountAsync(arrival => arrival is Arrival.Heartbeat, 3 * (int)(DoorServer.HastySilenceMax / DoorServer.HeartbeatInterval));
        stalling.GoOn.SetResult();

        Assert.Equal("", (await client.AnswerAsync(request)).Code);
    }

    [Fact]
    public async Task Should_give_them_and_end_whoever_gives_none()
    {
        await using var client = await PlainClient.ConnectAsync(server.Address, server.TokenOf("ada"), DoorServer.StrictPath);
        await client.DoAsync("Time", new { t1Us = 1 });
        await client.ArrivalAsync(arrival => arrival is Arrival.Heartbeat);

        await client.Ended;
    }
}
