namespace WhatsSound.Client;

/// <summary>A song that is queued or current.</summary>
/// <param name="EntryId">Its id in this room.</param>
/// <param name="Track">What is played.</param>
/// <param name="AddedBy">The user who added it.</param>
/// <param name="AddedAtMs">When, Unix milliseconds.</param>
/// <param name="Score">Up votes less down votes.</param>
/// <param name="AddedByName">What the adder's token called them then.</param>
/// <param name="IsFallback">Whether it is of the fallback playlist, which <paramref name="AddedBy"/> has set: it is nobody's own.</param>
public sealed record QueueEntry(string EntryId, Track Track, string AddedBy, long AddedAtMs = 0, int Score = 0, string? AddedByName = null, bool IsFallback = false);
