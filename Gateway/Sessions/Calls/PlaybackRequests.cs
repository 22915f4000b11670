using WhatsSound.Gateway.Requests;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>A room's player.</summary>
internal static class PlaybackRequests
{
    public static IReadOnlyList<SessionRequest> All { get; } =
    [
        RoomCommands.Of("Play", static (room, command) => room.PlayAsync(command)),
        RoomCommands.Of("Pause", static (room, command) => room.PauseAsync(command)),
        RoomCommands.Of("Seek", PlaceIn, static (room, command, place) => room.SeekAsync(command, place.EntryId, place.PositionMs)),
        RoomCommands.OfEntry("Skip", static (room, command, entryId) => room.SkipAsync(command, entryId)),

        RoomCommands.Of(
            "VoteSkip",
            static reader => (EntryId: RoomCommands.EntryIdIn(reader), IsOn: reader.Flag("isOn")),
            static (room, command, vote) => room.VoteSkipAsync(command, vote.EntryId, vote.IsOn)),

        RoomCommands.Report(
            "ReportEnded", CallKind.Command, RoomCommands.EntryIdIn, static (room, userId, entryId) => room.ReportEndedAsync(userId, entryId)),

        RoomCommands.Report(
            "ReportHostPosition",
            CallKind.Report,
            PlaceIn,
            static (room, userId, place) => room.ReportHostPositionAsync(userId, place.EntryId, place.PositionMs)),
    ];

    private static (string EntryId, long PositionMs) PlaceIn(RequestReader reader) =>
        (RoomCommands.EntryIdIn(reader), reader.Integer("positionMs", long.MinValue, long.MaxValue));
}
