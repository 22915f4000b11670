namespace WhatsSound.Rooms;

/// <summary>Ends the current song now: its adder, or who has <c>skipSongs</c>, as the host has. Refusals: FORBIDDEN, STALE_ENTRY, NOTHING_PLAYING.</summary>
[GenerateSerializer, Immutable, Alias("ws.Skip")]
public sealed record Skip : RoomAction
{
    /// <summary>The song that is meant.</summary>
    [Id(0)] public required string EntryId { get; init; }
}
