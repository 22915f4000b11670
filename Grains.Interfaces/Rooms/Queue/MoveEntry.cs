namespace WhatsSound.Rooms;

/// <summary>Moves a song before another one, or to the end: of its contributor's songs where contributors take turns, of all where there are no turns. Refusals: ENTRY_NOT_FOUND, FORBIDDEN, ORDER_FIXED.</summary>
[GenerateSerializer, Immutable, Alias("ws.MoveEntry")]
public sealed record MoveEntry : RoomAction
{
    /// <summary>The song.</summary>
    [Id(0)] public required string EntryId { get; init; }

    /// <summary>The song to stand before; null: the end.</summary>
    [Id(1)] public string? BeforeEntryId { get; init; }
}
