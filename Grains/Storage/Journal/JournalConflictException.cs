namespace WhatsSound.Grains.Storage;

/// <summary>
/// The room's journal does not end before this entry: another writer has used its number, or there is a gap. The grain that gets it knows another room than the
/// database has, and must go.
/// </summary>
public sealed class JournalConflictException(string room, long number) : Exception($"The journal of room {room} does not go on with entry {number}.");
