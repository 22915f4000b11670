namespace WhatsSound.Grains.Storage;

/// <summary>
/// What happened in rooms, an entry after the other, so that a command writes what it changed and not the room.
/// One room has one writer at a time, its grain; a second writer (a grain active twice while a cluster heals) is refused as soon as it uses a number that the first
/// has used, or leaves one out. A read that the database fails throws <see cref="StorageUnavailableException"/>. Implementations are safe for use by any number of
/// rooms at once, and write in groups.
/// </summary>
public interface IRoomJournal
{
    /// <summary>
    /// Appends an entry, whose number is the last one's and 1. Done when the database has it, durably: it survives a kill of the process. Throws
    /// <see cref="JournalConflictException"/> if it is not the next, <see cref="StorageUnavailableException"/> if the database has refused it, and has nothing of it.
    /// After any other exception the outcome is unknown: the next append or read tells it.
    /// </summary>
    Task AppendAsync(string room, JournalEntry entry, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="countMax"/> (1 to 1,000) entries with numbers above <paramref name="afterNumber"/>, in their order.</summary>
    Task<IReadOnlyList<JournalEntry>> ReadAfterAsync(string room, long afterNumber, int countMax, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes the entries up to a number, in bounded steps; answers how many went. The newest entry stays whatever the number: it is what the next one is compared
    /// with.
    /// </summary>
    Task<int> TrimAsync(string room, long upToNumber, CancellationToken cancellationToken);
}
