using WhatsSound.Tests.Doors.Contract;

namespace WhatsSound.Tests.Doors.Plain;

/// <summary>What the transport does for protocols that do not leave it to the WebSocket's own pings.</summary>
public sealed class When_a_protocol_has_signs_of_life(DoorServer server)
{
    [Fact]
    public async Task Should_give_them_and_end_whoever_gives_none()
    {
        await using var client = await PlainClient.ConnectAsync(server.Address, server.TokenOf("ada"), DoorServer.StrictPath);
        await client.DoAsync("Time", new { t1Us = 1 });
        await client.ArrivalAsync(arrival => arrival is Arrival.Heartbeat);

        await client.Ended;
    }
}
