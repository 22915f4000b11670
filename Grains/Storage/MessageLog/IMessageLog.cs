using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Storage;

/// <summary>
/// The publications that channel rules promise to keep, outside of grain state, which is rewritten whole on each save.
/// One channel has one writer at a time, its grain, and its offsets ascend; a second writer (a grain active twice while a cluster heals) is refused
/// as soon as it uses an offset that the first has used or passed. A read that the database fails throws <see cref="StorageUnavailableException"/>. Implementations are safe for use by any number of channels at once, and write in groups.
/// </summary>
public interface IMessageLog
{
    /// <summary>What the log knows of a channel; null if it has never kept anything of it.</summary>
    Task<LoggedChannel?> FindAsync(string channel, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps a publication. Done when the database has it, durably: it survives a kill of the process. Throws <see cref="MessageLogConflictException"/>
    /// if this offset or a later one of the epoch is taken, <see cref="StorageUnavailableException"/> if the database has refused it, and has nothing of it. After
    /// any other exception the outcome is unknown: <see cref="FindAsync"/> tells it.
    /// </summary>
    Task AppendAsync(string channel, string epoch, Publication publication, Retention retention, CancellationToken cancellationToken) =>
        AppendAsync(channel, epoch, publication, retention, amends: null, cancellationToken);

    /// <summary>The same, and with it, in one transaction, an earlier publication of the epoch gets other data. One that is not kept any more is no error.</summary>
    Task AppendAsync(string channel, string epoch, Publication publication, Retention retention, Amendment? amends, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="countMax"/> (1 to 1,000) kept publications of the epoch with offsets above <paramref name="afterOffset"/>, in offset order.</summary>
    Task<IReadOnlyList<Publication>> ReadAfterAsync(string channel, string epoch, long afterOffset, int countMax, CancellationToken cancellationToken);

    /// <summary>The newest up to <paramref name="countMax"/> (1 to 1,000) kept publications of the epoch with offsets below <paramref name="beforeOffset"/>, in offset order.</summary>
    Task<IReadOnlyList<Publication>> ReadBeforeAsync(string channel, string epoch, long beforeOffset, int countMax, CancellationToken cancellationToken);

    /// <summary>The newest up to <paramref name="countMax"/> (1 to 1,000) kept publications of the epoch, in offset order.</summary>
    Task<IReadOnlyList<Publication>> ReadLastAsync(string channel, string epoch, int countMax, CancellationToken cancellationToken);

    /// <summary>Where a time is among the kept publications of the epoch, by the times as they were numbered: in a bounded number of rows, however many are kept. Where times do not ascend it is one of the places that it may be.</summary>
    Task<LoggedTime> FindTimeAsync(string channel, string epoch, long timeMs, CancellationToken cancellationToken);

    /// <summary>Deletes what has outlived its retention, in bounded steps; answers how many publications went.</summary>
    Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
