using WhatsSound.Gateway.Identity;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>Finding, making, entering and leaving rooms.</summary>
internal static class RoomRequests
{
    private const int PositionsMax = 16;
    private const int InviteCharsMax = 128;

    public static TypedRequest<RoomQuery, RoomListingPage> List { get; } = new(
        "ListRooms",
        CallKind.Anonymous,
        static reader => new RoomQuery
        {
            CountMax = (int)(reader.OptionalInteger("max", 1, RoomQuery.CountBound) ?? RoomQuery.CountBound),
            Text = reader.OptionalText("query", RoomQuery.TextLengthMax),
            Tags = [.. reader.OptionalTextList("tags", RoomSettings.TagsMax, RoomSettings.TagLengthMax)],
            After = reader.OptionalText("cursor", RoomQuery.CursorLengthMax),
        },
        refuse: null,
        static (call, query) => call.Services.Cluster.GetGrain<IRoomFinderGrain>(IRoomFinderGrain.Key).FindAsync(query),
        WireJson.Default.RoomListingPage) { IsRead = true };

    public static IReadOnlyList<SessionRequest> All { get; } =
    [
        List,

        RoomCommands.Of(
            "CreateRoom",
            Capability.Publish,
            static reader => new CreateRoom
            {
                Settings = new RoomSettings
                {
                    Name = reader.Name("name", RoomSettings.NameGraphemesMax),
                    Description = reader.OptionalText("description", RoomSettings.DescriptionLengthMax),
                    IsListed = reader.OptionalFlag("isListed") ?? true,
                    IsTemporary = reader.OptionalFlag("isTemporary") ?? false,
                    Tags = [.. reader.OptionalTextList("tags", RoomSettings.TagsMax, RoomSettings.TagLengthMax)],
                },
            },
            static call => call.Services.Allowances.TakeRoom(call.Asker)),

        new TypedRequest<RoomArguments<JoinArguments>, RoomJoin>(
            "JoinRoom",
            CallKind.Snapshot,
            static reader => new(
                RoomCommands.RoomIdIn(reader),
                reader.Id("commandId"),
                new JoinArguments(
                    reader.OptionalJson("info", PresenceEntry.InfoBytesMax),
                    reader.OptionalPositions("since", PositionsMax),
                    reader.OptionalText("password", RoomSettings.PasswordLengthMax),
                    reader.OptionalText("invite", InviteCharsMax),
                    reader.OptionalFlag("queueOrder") ?? false)),
            refuse: null,
            static (call, arguments) => RoomCommands.ReconsiderAsync(call, arguments.RoomId, call.Services.Rooms.JoinAsync(
                call.Session, arguments.RoomId, RoomCommands.CommandOf(call, arguments.CommandId, arguments.What.ToAction(call.Session.AddressKey)), arguments.What.Info, arguments.What.Since, arguments.What.TakesOrder)),
            GatewayJson.Default.RoomJoin) { IsRead = true, NeedsConnection = true },

        // Who may not stay may go.
        new TypedRequest<RoomArguments<Done>, RoomReceipt>(
            "LeaveRoom",
            CallKind.Leave,
            static reader => new(RoomCommands.RoomIdIn(reader), reader.Id("commandId"), Done.Value),
            static (call, arguments) => call.Services.Access.RefuseNew(call.Asker, RoomId.KeyOf(arguments.RoomId)),
            static (call, arguments) => RoomCommands.ReconsiderAsync(
                call,
                arguments.RoomId,
                call.Services.Rooms.LeaveAsync(call.Session, arguments.RoomId, RoomCommands.CommandOf(call, arguments.CommandId, new LeaveRoom()))),
            WireJson.Default.RoomReceipt) { NeedsConnection = true },

        new TypedRequest<string, RoomSnapshot>(
            "GetSnapshot",
            CallKind.Snapshot,
            RoomCommands.RoomIdIn,
            refuse: null,
            static (call, roomId) => RoomCommands.ReconsiderAsync(call, roomId, call.Services.Rooms.GetSnapshotAsync(call.Session, roomId)),
            WireJson.Default.RoomSnapshot) { IsRead = true, NeedsConnection = true },
        RoomCommands.Of("CloseRoom", Capability.Publish, static reader => new CloseRoom { Reason = reader.OptionalText("reason", CloseRoom.ReasonLengthMax) }),

        RoomCommands.Read(
            "GetPlays",
            static reader => new RoomPlaysRequest
            {
                Before = reader.OptionalInteger("before", 1, long.MaxValue),
                CountMax = (int)(reader.OptionalInteger("max", 1, RoomPlaysRequest.CountBound) ?? RoomPlaysRequest.CountBound),
            },
            static (room, userId, request) => room.GetPlaysAsync(userId, request),
            WireJson.Default.RoomPlaysPage),

        RoomCommands.Read("GetStatistics", static _ => Done.Value, static (room, userId, _) => room.GetStatisticsAsync(userId), WireJson.Default.RoomStatistics),

        RoomCommands.Of("ReopenRoom", Capability.Publish, static _ => new ReopenRoom()),
    ];

    internal sealed record JoinArguments(Payload Info, IReadOnlyDictionary<string, Position>? Since, string? Password = null, string? Invite = null, bool TakesOrder = false)
    {
        public JoinRoom ToAction(string addressKey) => new() { Password = Password, Invite = Invite, From = addressKey };
    }
}
