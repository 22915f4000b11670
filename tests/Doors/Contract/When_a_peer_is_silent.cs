using WhatsSound.Tests.Doors.Plain;

namespace WhatsSound.Tests.Doors.Contract;

/// <summary>Whoever has nothing to say says so, and who does not is taken for gone, whichever side it is.</summary>
public sealed class When_a_peer_is_silent : IAsyncLifetime
{
    private DoorServer _server = null!;

    /// <summary>Those with a WebSocket: without one a client is gone when its next request does not come, or what is sent to it cannot be.</summary>
    public static TheoryData<Door> DoorsWithSignsOfLife => [Door.SignalRWebSocket, Door.MessagePackWebSocket, Door.Plain];

    public async ValueTask InitializeAsync() => _server = await DoorServer.StartAsync(
        "--SignalR:KeepAliveInterval", "00:00:00.100", "--SignalR:ClientTimeout", "00:00:02");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(DoorsWithSignsOfLife))]
    public async Task Should_hear_the_server_and_be_ended_by_it(Door door)
    {
        await using var silent = await ConnectAsync(door);
        await silent.DoAsync("Time", new { t1Us = 1 });

        await silent.CountAsync(static arrival => arrival is Arrival.Heartbeat, 2);

        await silent.Ended;
    }

    [Theory]
    [MemberData(nameof(DoorsWithSignsOfLife))]
    public async Task Should_be_kept_for_as_long_as_it_speaks(Door door)
    {
        await using var silent = await ConnectAsync(door);
        await using var speaking = await ConnectAsync(door);

        for (var heard = 1; !silent.Ended.IsCompleted; heard++)
        {
            await speaking.CountAsync(static arrival => arrival is Arrival.Heartbeat, heard);
            await speaking.DoAsync("Time", new { t1Us = 1 });
        }

        await speaking.DoAsync("Time", new { t1Us = 1 });
    }

    private Task<DoorClient> ConnectAsync(Door door) => door == Door.Plain
        ? PlainClient.ConnectAsync(_server.Address, _server.TokenOf(_server.NewName("user")), DoorServer.StrictPath)
        : door.ConnectAsUserAsync(_server);
}
