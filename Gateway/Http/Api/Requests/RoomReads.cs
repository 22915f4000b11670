using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Http.Api.Requests;

/// <summary>What is read of a room without a connection that is in it: the room says to whom.</summary>
internal static class RoomReads
{
    public static TypedRequest<string, RoomSnapshot> Snapshot { get; } = new(
        "GetRoom",
        CallKind.Snapshot,
        RoomCommands.RoomIdIn,
        refuse: null,
        static (call, roomId) => call.Services.Rooms.ReadAsync<IRoomGrain, RoomSnapshot>(call.Asker, roomId, room => room.GetSnapshotAsync(call.Identity.UserId)),
        WireJson.Default.RoomSnapshot) { IsRead = true };
}
