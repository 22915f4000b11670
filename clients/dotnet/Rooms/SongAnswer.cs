namespace WhatsSound.Client;

/// <summary>What became of one song of several: its entry, or why it was not added.</summary>
/// <param name="EntryId">The entry that was made.</param>
/// <param name="Refusal">Why there is none.</param>
public sealed record SongAnswer(string? EntryId = null, Refusal? Refusal = null);
