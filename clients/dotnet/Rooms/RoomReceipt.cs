namespace WhatsSound.Client;

/// <summary>The answer to a command that was carried out.</summary>
/// <param name="Revision">Counts the room's events.</param>
/// <param name="EntryIds">Of the songs that were added.</param>
/// <param name="Position">Of a chat message, in the room's chat.</param>
/// <param name="TimeMs">Of a chat message, Unix milliseconds.</param>
/// <param name="Songs">Of songs that were to be added: what became of each, in their order.</param>
/// <param name="Operation">What the command can be undone by; null: it cannot.</param>
/// <param name="Invite">Of a new invite: what whoever comes by it gives.</param>
public sealed record RoomReceipt(
    long Revision,
    IReadOnlyList<string> EntryIds,
    Position? Position = null,
    long? TimeMs = null,
    IReadOnlyList<SongAnswer>? Songs = null,
    long? Operation = null,
    string? Invite = null);
