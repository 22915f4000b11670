using WhatsSound.Client;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Clients;

/// <summary>A server whose channels <c>stage:*</c> have presence, and whose <c>short:*</c> remember next to nothing.</summary>
public sealed class ClientServer : IAsyncLifetime
{
    private RunningServer _server = null!;

    internal RunningServer Server => _server;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(
        "--Channels:Rules:0:Pattern", "stage:*", "--Channels:Rules:0:Presence", "true", "--Channels:Rules:0:PresenceGrace", "00:00:03",
        "--Channels:Rules:1:Pattern", "short:*", "--Channels:Rules:1:HistoryCountMax", "2",
        "--Delivery:WindowPublicationsMax", "2");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    internal Connection Connect(string? userId = null, Uri? via = null, TimeProvider? time = null, Func<CancellationToken, Task<string>>? token = null)
    {
        var user = userId ?? _server.NewName("user");
        return new Connection(new ConnectionOptions
        {
            Url = new Uri(via ?? _server.Address, "/hub"),
            Token = token ?? (_ => Task.FromResult(_server.TokenOf(user))),
            Time = time ?? TimeProvider.System,
        });
    }

    internal async Task<Connection> ConnectLiveAsync(string? userId = null, Uri? via = null, TimeProvider? time = null)
    {
        var connection = Connect(userId, via, time);
        Assert.Null((await connection.StartAsync()).Refusal);
        return connection;
    }

    /// <summary>In a new room of one, to which the other comes.</summary>
    internal static async Task<(WhatsSound.Client.Room Host, WhatsSound.Client.Room Guest)> MeetAsync(Connection ann, Connection bob)
    {
        var roomId = $"r-{Guid.NewGuid():N}";
        Assert.Null((await ann.CreateRoomAsync(roomId, new WhatsSound.Client.RoomSettings("The den"))).Refusal);
        var host = ann.Room(roomId);
        Assert.Null((await host.JoinAsync()).Refusal);
        var guest = bob.Room(roomId);
        Assert.Null((await guest.JoinAsync()).Refusal);
        return (host, guest);
    }
}
