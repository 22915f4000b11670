namespace WhatsSound.Rooms;

/// <summary>Has a song played next, in place of what the caller pinned before. Refusals: ENTRY_NOT_FOUND, FORBIDDEN.</summary>
[GenerateSerializer, Immutable, Alias("ws.PinEntry")]
public sealed record PinEntry : RoomAction
{
    /// <summary>The song.</summary>
    [Id(0)] public required string EntryId { get; init; }
}
