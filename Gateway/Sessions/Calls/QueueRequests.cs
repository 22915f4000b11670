using WhatsSound.Gateway.Requests;
using WhatsSound.Queue;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>A room's queue.</summary>
internal static class QueueRequests
{
    public const int TracksMax = 20;

    private const long DayMs = 24 * 60 * 60 * 1000;

    public static IReadOnlyList<SessionRequest> All { get; } =
    [
        RoomCommands.Of(
            "Enqueue",
            static reader => reader.List("tracks", 1, TracksMax, TrackIn),
            static (room, command, tracks) => room.EnqueueAsync(command, [.. tracks])),

        RoomCommands.OfEntry("RemoveEntry", static (room, command, entryId) => room.RemoveEntryAsync(command, entryId)),

        RoomCommands.Of(
            "Vote",
            static reader => (EntryId: RoomCommands.EntryIdIn(reader), Value: (int)reader.Integer("value", -1, 1)),
            static (room, command, vote) => room.VoteAsync(command, vote.EntryId, vote.Value)),
    ];

    private static Track TrackIn(RequestReader track) => new()
    {
        Url = track.Text("url", 1, 2000),
        Title = track.Text("title", 1, 200),
        Artist = track.OptionalText("artist", 200),
        DurationMs = track.Integer("durationMs", 1000, DayMs),
    };
}
