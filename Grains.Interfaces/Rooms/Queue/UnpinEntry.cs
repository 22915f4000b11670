namespace WhatsSound.Rooms;

/// <summary>Takes a song's pin away: who pinned it, or who manages the queue. Refusals: ENTRY_NOT_FOUND, FORBIDDEN.</summary>
[GenerateSerializer, Immutable, Alias("ws.UnpinEntry")]
public sealed record UnpinEntry : RoomAction
{
    /// <summary>The song.</summary>
    [Id(0)] public required string EntryId { get; init; }
}
