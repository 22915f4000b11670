namespace WhatsSound.Rooms;

/// <summary>Moves the current song to a position. Takes <c>controlPlayback</c>, which the host has. Refusals: FORBIDDEN, STALE_ENTRY, INVALID_POSITION, NOTHING_PLAYING.</summary>
[GenerateSerializer, Immutable, Alias("ws.Seek")]
public sealed record Seek : RoomAction
{
    /// <summary>The song that the position is meant for.</summary>
    [Id(0)] public required string EntryId { get; init; }

    /// <summary>Milliseconds into the song.</summary>
    [Id(1)] public required long PositionMs { get; init; }
}
