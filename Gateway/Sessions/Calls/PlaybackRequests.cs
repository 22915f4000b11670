using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Requests;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>A room's player.</summary>
internal static class PlaybackRequests
{
    public static IReadOnlyList<SessionRequest> All { get; } =
    [
        RoomCommands.Of("Play", Capability.Publish, static _ => new Play()),

        RoomCommands.Of("PlayEntry", Capability.Publish, static reader => new PlayEntry { EntryId = RoomCommands.EntryIdIn(reader) }),

        RoomCommands.Of("Pause", Capability.Publish, static _ => new Pause()),

        RoomCommands.Of(
            "Seek", Capability.Publish, static reader => new Seek { EntryId = RoomCommands.EntryIdIn(reader), PositionMs = PositionIn(reader) }),

        RoomCommands.Of(
            "SetRate", Capability.Publish, static reader => new SetRate { RatePermille = (int)reader.Integer("ratePermille", SetRate.RateMin, SetRate.RateMax) }),

        RoomCommands.Of("Skip", Capability.Publish, static reader => new Skip { EntryId = RoomCommands.EntryIdIn(reader) }),

        RoomCommands.Of(
            "VoteSkip", Capability.Publish, static reader => new VoteSkip { EntryId = RoomCommands.EntryIdIn(reader), IsOn = reader.Flag("isOn") }),

        RoomCommands.Report(
            "ReportEnded", CallKind.Command, Capability.Publish, static reader => new ReportEnded { EntryId = RoomCommands.EntryIdIn(reader) }),

        RoomCommands.Report(
            "ReportUnplayable", CallKind.Command, Capability.Publish, static reader => new ReportUnplayable { EntryId = RoomCommands.EntryIdIn(reader) }),

        RoomCommands.Report(
            "ReportReady", CallKind.Command, Capability.Publish, static reader => new ReportReady { EntryId = RoomCommands.EntryIdIn(reader) }),

        RoomCommands.Report("ReportActive", CallKind.Command, Capability.Publish, static _ => new ReportActive()),

        RoomCommands.Report(
            "ReportLatency",
            CallKind.Command,
            Capability.Publish,
            static reader => new ReportLatency { OneWayMs = (int)reader.Integer("oneWayMs", 0, ReportLatency.OneWayMsMax) }),

        RoomCommands.Report(
            "ReportHostPosition",
            CallKind.Report,
            Capability.Publish,
            static reader => new ReportHostPosition { EntryId = RoomCommands.EntryIdIn(reader), PositionMs = PositionIn(reader) }),
    ];

    /// <summary>Whether it is within the song is the room's to say.</summary>
    private static long PositionIn(RequestReader reader) => reader.Integer("positionMs", long.MinValue, long.MaxValue);
}
