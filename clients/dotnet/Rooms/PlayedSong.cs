namespace WhatsSound.Client;

/// <summary>A song that was played.</summary>
/// <param name="EntryId">Its id in this room.</param>
/// <param name="Track">What was played.</param>
/// <param name="AddedBy">The user who had added it.</param>
/// <param name="EndedAtMs">When it ended, Unix milliseconds.</param>
/// <param name="AddedByName">What the adder's token called them then.</param>
public sealed record PlayedSong(string EntryId, Track Track, string AddedBy, long EndedAtMs, string? AddedByName = null);
