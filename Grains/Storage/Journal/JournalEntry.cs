namespace WhatsSound.Grains.Storage;

/// <summary>One line of a room's journal.</summary>
/// <param name="Number">Counts the room's entries, from 1, without a gap.</param>
/// <param name="Revision">The room's revision after it.</param>
/// <param name="AtMs">When it was decided, room time.</param>
/// <param name="Author">The user whose command it was; null: the room's own doing.</param>
/// <param name="Content">What happened, and what was answered: JSON.</param>
public sealed record JournalEntry(long Number, long Revision, long AtMs, string? Author, ReadOnlyMemory<byte> Content);
