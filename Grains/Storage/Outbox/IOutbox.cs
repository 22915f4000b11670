namespace WhatsSound.Grains.Storage;

/// <summary>
/// What waits to be told outside, in lanes: one for each of those who are told, or for each part of what they are told. Of what one writer appends, one after the other, the numbers ascend; over writers they say nothing, and a lower
/// one may come to light later. So a reader takes what is first, and removes exactly that. A call that the database fails throws <see cref="StorageUnavailableException"/>. Safe for use by any number of writers at once; appends go in groups.
/// </summary>
public interface IOutbox
{
    /// <summary>
    /// Takes what is to be told, and up to where its channel is told then, both or none. Done when the database has it, durably: it survives a kill of the process. A source that waits in its lane already is no second row. If it throws,
    /// the outcome may be unknown; the same again is right.
    /// </summary>
    Task AppendAsync(OutboxAppend append, CancellationToken cancellationToken);

    /// <summary>Up to where a channel is in the outbox; null if nothing of it ever was, or it was forgotten.</summary>
    Task<OutboxMark?> FindMarkAsync(string channel, CancellationToken cancellationToken);

    /// <summary>The first up to <paramref name="countMax"/> (1 to 1,000) rows of a lane, in the order of their numbers, of together up to <paramref name="bytesMax"/> bytes; at least one if there is any.</summary>
    Task<IReadOnlyList<OutboxRow>> ReadAsync(string lane, int countMax, int bytesMax, CancellationToken cancellationToken);

    /// <summary>Removes rows of a lane, up to 1,000; one that is gone is no error.</summary>
    Task RemoveAsync(string lane, IReadOnlyList<long> numbers, CancellationToken cancellationToken);

    /// <summary>Removes the rows of a lane that were appended before a time; answers how many went.</summary>
    Task<int> DropAsync(string lane, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Removes the oldest rows of a lane until there are no more than so many; answers how many went.</summary>
    Task<int> TrimAsync(string lane, int countMax, CancellationToken cancellationToken);

    /// <summary>The lanes that have rows. Costs a pass over all rows that wait.</summary>
    Task<IReadOnlyList<OutboxLane>> ListLanesAsync(CancellationToken cancellationToken);

    /// <summary>A page of up to <paramref name="countMax"/> (1 to 1,000) channels that were told as occupied, and not as vacated since, in the order of their names.</summary>
    Task<IReadOnlyList<string>> ListOccupiedAsync(string afterChannel, int countMax, CancellationToken cancellationToken);

    /// <summary>Deletes what nobody has read for a day, and forgets channels of which nothing was told for 30 days and that are not occupied; answers how many rows went.</summary>
    Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
