using System.Collections.Immutable;

namespace WhatsSound.Rooms;

/// <summary>A page of what was played in a room, the newest first.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoomPlaysPage")]
public sealed record RoomPlaysPage
{
    /// <summary>Up to as many as were asked for.</summary>
    [Id(0)] public required ImmutableArray<RoomPlay> Plays { get; init; }

    /// <summary>What the next page is asked for as <c>before</c>; null: there is none.</summary>
    [Id(1)] public long? Next { get; init; }
}
