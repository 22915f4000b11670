using System.Net.WebSockets;
using WhatsSound.Tests.Doors.Plain;
using WhatsSound.Tests.Doors.SignalR;

namespace WhatsSound.Tests.Doors.Contract;

/// <summary>The doors that keep the contract, and each way into them.</summary>
public enum Door
{
    /// <summary>SignalR's JSON hub protocol over a WebSocket.</summary>
    SignalRWebSocket,

    /// <summary>SignalR's JSON hub protocol over server-sent events.</summary>
    SignalREvents,

    /// <summary>SignalR's JSON hub protocol over long polling.</summary>
    SignalRPolling,

    /// <summary>SignalR's MessagePack hub protocol over a WebSocket.</summary>
    MessagePackWebSocket,

    /// <summary>SignalR's MessagePack hub protocol over long polling.</summary>
    MessagePackPolling,

    /// <summary>The door for tests, which is all that a door has to bring.</summary>
    Plain,
}

internal static class Doors
{
    public static TheoryData<Door> All => [.. Enum.GetValues<Door>()];

    /// <summary>Opens a connection with a token, or with none.</summary>
    public static Task<DoorClient> ConnectAsync(this Door door, DoorServer server, string? token) => door switch
    {
        Door.SignalRWebSocket => SignalRClient.ConnectAsync(() => WebSocketRecords.ConnectAsync(server.Address, token)),
        Door.SignalREvents => SignalRClient.ConnectAsync(() => EventStreamRecords.ConnectAsync(server.Address, token)),
        Door.SignalRPolling => SignalRClient.ConnectAsync(() => LongPollRecords.ConnectAsync(server.Address, token)),
        Door.MessagePackWebSocket => MessagePackClient.ConnectAsync(() => WebSocketRecords.ConnectAsync(server.Address, token, WebSocketMessageType.Binary)),
        Door.MessagePackPolling => MessagePackClient.ConnectAsync(() => LongPollRecords.ConnectAsync(server.Address, token)),
        Door.Plain => PlainClient.ConnectAsync(server.Address, token),
        _ => throw new ArgumentOutOfRangeException(nameof(door)),
    };

    /// <summary>Opens a connection as a user, who is new unless named.</summary>
    public static Task<DoorClient> ConnectAsUserAsync(this Door door, DoorServer server, string? userId = null) =>
        door.ConnectAsync(server, server.TokenOf(userId ?? server.NewName("user")));
}
