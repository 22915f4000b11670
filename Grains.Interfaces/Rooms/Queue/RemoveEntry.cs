namespace WhatsSound.Rooms;

/// <summary>Takes a song out of the queue: its adder, or who has <c>removeSongs</c>. Refusals: ENTRY_NOT_FOUND, FORBIDDEN.</summary>
[GenerateSerializer, Immutable, Alias("ws.RemoveEntry")]
public sealed record RemoveEntry : RoomAction
{
    /// <summary>The song.</summary>
    [Id(0)] public required string EntryId { get; init; }
}
