using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Requests;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>Keeping order in a room.</summary>
internal static class ModerationRequests
{
    public static IReadOnlyList<SessionRequest> All { get; } =
    [
        Sanction("Mute", SanctionKind.Mute, static reader => reader.OptionalInteger("forMs", 1, ApplySanction.ForMsBound)),
        Sanction("ShadowMute", SanctionKind.ShadowMute, static reader => reader.OptionalInteger("forMs", 1, ApplySanction.ForMsBound)),
        Sanction("Timeout", SanctionKind.Timeout, static reader => reader.Integer("forMs", 1, ApplySanction.ForMsBound)),
        Sanction("QueueBan", SanctionKind.QueueBan, static reader => reader.OptionalInteger("forMs", 1, ApplySanction.ForMsBound)),
        Sanction("Kick", SanctionKind.Kick, static _ => null),
        Sanction("Ban", SanctionKind.Ban, static reader => reader.OptionalInteger("forMs", 1, ApplySanction.ForMsBound)),

        RoomCommands.Of(
            "Lift",
            Capability.Publish,
            static reader => new LiftSanction { UserId = RoomCommands.UserIdIn(reader, "ofUserId"), Kind = KindOf(reader, reader.Text("kind", 1, 16)) }),

        RoomCommands.Of(
            "Report",
            Capability.Publish,
            static reader => new ReportMember
            {
                UserId = RoomCommands.UserIdIn(reader, "ofUserId"),
                Reason = reader.Text("reason", 1, ApplySanction.ReasonLengthMax),
                ChatOffset = reader.OptionalInteger("chatOffset", 1, long.MaxValue),
            }),

        Records("ListSanctions", RoomRecordKind.Sanctions),
        Records("ListReports", RoomRecordKind.Reports),
        Records("ReadLog", RoomRecordKind.Log),
        Records("ListInvites", RoomRecordKind.Invites),
    ];

    private static TypedRequest<RoomArguments<RoomAction>, RoomReceipt> Sanction(string name, SanctionKind kind, Func<RequestReader, long?> forMs) => RoomCommands.Of(
        name,
        Capability.Publish,
        reader => new ApplySanction
        {
            Kind = kind,
            UserId = RoomCommands.UserIdIn(reader, "ofUserId"),
            Reason = reader.OptionalText("reason", ApplySanction.ReasonLengthMax),
            ForMs = forMs(reader),
        });

    private static TypedRequest<RoomArguments<RoomRecordsRequest>, RoomRecords> Records(string name, RoomRecordKind kind) => RoomCommands.Read(
        name,
        reader => new RoomRecordsRequest
        {
            Kind = kind,
            Before = reader.OptionalInteger("before", 1, long.MaxValue),
            CountMax = (int)(reader.OptionalInteger("max", 1, RoomRecordsRequest.CountBound) ?? RoomRecordsRequest.CountBound),
        },
        static (room, userId, request) => room.ReadRecordsAsync(userId, request),
        WireJson.Default.RoomRecords);

    private static SanctionKind KindOf(RequestReader reader, string word)
    {
        switch (word)
        {
            case "mute":
                return SanctionKind.Mute;
            case "shadowMute":
                return SanctionKind.ShadowMute;
            case "timeout":
                return SanctionKind.Timeout;
            case "queueBan":
                return SanctionKind.QueueBan;
            case "kick":
                return SanctionKind.Kick;
            case "ban":
                return SanctionKind.Ban;
            default:
                reader.Refuse("kind", "must be 'mute', 'shadowMute', 'timeout', 'queueBan', 'kick' or 'ban'");
                return SanctionKind.Mute;
        }
    }
}
