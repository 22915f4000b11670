using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>Finding, making, entering and leaving rooms.</summary>
internal static class RoomRequests
{
    private const int ListMax = 100;
    private const int PositionsMax = 16;

    public static IReadOnlyList<SessionRequest> All { get; } =
    [
        new TypedRequest<int, RoomListingPage>(
            "ListRooms",
            CallKind.Anonymous,
            static reader => (int)(reader.OptionalInteger("max", 1, ListMax) ?? ListMax),
            refuse: null,
            static async (call, max) => await call.Services.Cluster.GetGrain<IRoomDirectoryGrain>(IRoomDirectoryGrain.Key).ListAsync(max),
            WireJson.Default.RoomListingPage),

        RoomCommands.Of(
            "CreateRoom",
            static reader => new RoomSettings
            {
                Name = reader.Text("name", 1, 256),
                Description = reader.OptionalText("description", 2000),
                IsListed = reader.OptionalFlag("isListed") ?? true,
            },
            static (room, command, settings) => room.CreateAsync(command, settings)),

        new TypedRequest<RoomArguments<JoinArguments>, RoomJoin>(
            "JoinRoom",
            CallKind.Snapshot,
            static reader => new(
                RoomCommands.RoomIdIn(reader),
                reader.Id("commandId"),
                new JoinArguments(reader.OptionalJson("info", PresenceRequests.InfoBytesMax), reader.OptionalPositions("since", PositionsMax))),
            refuse: null,
            static (call, arguments) => RoomCommands.ReconsiderAsync(call, arguments.RoomId, call.Services.Rooms.JoinAsync(
                call.Session, arguments.RoomId, RoomCommands.CommandOf(call, arguments.CommandId), arguments.What.Info, arguments.What.Since)),
            GatewayJson.Default.RoomJoin),

        // Who may not stay may go.
        new TypedRequest<RoomArguments<Done>, RoomReceipt>(
            "LeaveRoom",
            CallKind.Leave,
            static reader => new(RoomCommands.RoomIdIn(reader), reader.Id("commandId"), Done.Value),
            refuse: null,
            static (call, arguments) => RoomCommands.ReconsiderAsync(
                call,
                arguments.RoomId,
                call.Services.Rooms.LeaveAsync(call.Session, arguments.RoomId, RoomCommands.CommandOf(call, arguments.CommandId))),
            WireJson.Default.RoomReceipt),

        new TypedRequest<string, RoomSnapshot>(
            "GetSnapshot",
            CallKind.Snapshot,
            RoomCommands.RoomIdIn,
            refuse: null,
            static (call, roomId) => RoomCommands.ReconsiderAsync(call, roomId, call.Services.Rooms.GetSnapshotAsync(call.Session, roomId)),
            WireJson.Default.RoomSnapshot),

        RoomCommands.Of(
            "TransferHost",
            static reader => reader.Text("toUserId", 1, Users.UserId.LengthMax),
            static (room, command, toUserId) => room.TransferHostAsync(command, toUserId)),
    ];

    internal sealed record JoinArguments(Payload Info, IReadOnlyDictionary<string, Position>? Since);
}
