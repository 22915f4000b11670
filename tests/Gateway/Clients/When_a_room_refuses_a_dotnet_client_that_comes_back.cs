using WhatsSound.Client;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Clients;

/// <summary>A connection may join two rooms at once here, so of three rooms one refuses at each new connection.</summary>
public sealed class When_a_room_refuses_a_dotnet_client_that_comes_back
{
    [Fact]
    public async Task Should_be_live_for_everything_else_and_join_it_once_it_can()
    {
        await using var server = await RunningServer.StartAsync("--Sessions:SnapshotBurstMax", "2", "--Sessions:SnapshotsPerSecondMax", "1");
        await using var ann = new Connection(new ConnectionOptions { Url = new Uri(server.Address, "/hub"), Token = _ => Task.FromResult(server.TokenOf("ann")) });
        var (states, failures, recovered) = (new Heard<ConnectionState>(), new Heard<Exception>(), new Heard<string>());
        Assert.Null((await ann.StartAsync()).Refusal);
        foreach (var roomId in new[] { "den", "attic", "cellar" })
        {
            Assert.Null((await ann.CreateRoomAsync(roomId, new WhatsSound.Client.RoomSettings(roomId))).Refusal);
            var room = ann.Room(roomId);
            Assert.Null((await room.JoinAsync()).Refusal);
            room.Recovered += _ => recovered.Add(roomId);
        }

        ann.StateChanged += states.Add;
        ann.Failed += failures.Add;
        ann.Reconnect();

        await recovered.UntilAsync(all => all.Count == 3);
        Assert.Equal([ConnectionState.Reconnecting, ConnectionState.Live], states.All);
        Assert.Equal("RATE_LIMITED", Assert.IsType<RefusedException>(failures.All[0]).Refusal.Code);
        Assert.Equal(["attic", "cellar", "den"], recovered.All.Order());
    }
}
