namespace WhatsSound.Client;

/// <summary>The answer to a command that was carried out.</summary>
/// <param name="Revision">Counts the room's events.</param>
/// <param name="EntryIds">Of the songs that were added.</param>
/// <param name="Position">Of a chat message, in the room's chat.</param>
/// <param name="TimeMs">Of a chat message, Unix milliseconds.</param>
public sealed record RoomReceipt(long Revision, IReadOnlyList<string> EntryIds, Position? Position = null, long? TimeMs = null);
