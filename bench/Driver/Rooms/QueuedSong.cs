namespace WhatsSound.Bench.Rooms;

/// <summary>A song in the queue, and which member added it.</summary>
internal sealed record QueuedSong(string EntryId, int Member);
