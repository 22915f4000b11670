using WhatsSound.Queue;

namespace WhatsSound.Rooms;

/// <summary>A song that was played in a room, with its place among all that were.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoomPlay")]
public sealed record RoomPlay
{
    /// <summary>Counts the room's plays, from 1.</summary>
    [Id(0)] public required long Number { get; init; }

    /// <summary>The song, and how it went.</summary>
    [Id(1)] public required HistoryItem Song { get; init; }
}
