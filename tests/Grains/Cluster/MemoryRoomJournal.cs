using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Grains;

/// <summary>A journal of rooms that outlives silos but not the test, and fails on demand.</summary>
public sealed class MemoryRoomJournal : IRoomJournal
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<JournalEntry>> _kept = new(StringComparer.Ordinal);
    private int _appendsToFail;
    private int _answersToLose;

    /// <summary>Lets the next appends fail, and keep nothing.</summary>
    public void FailAppends(int count) => Volatile.Write(ref _appendsToFail, count);

    /// <summary>Lets the next appends fail, though what they wrote is kept.</summary>
    public void LoseAnswers(int count) => Volatile.Write(ref _answersToLose, count);

    public IReadOnlyList<JournalEntry> KeptOf(string room)
    {
        lock (_gate)
            return [.. _kept.GetValueOrDefault(room, [])];
    }

    /// <summary>What another writer would do.</summary>
    public void Overtake(string room, JournalEntry entry)
    {
        lock (_gate)
            Keep(room, entry);
    }

    public Task AppendAsync(string room, JournalEntry entry, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Volatile.Read(ref _appendsToFail) > 0 && Interlocked.Decrement(ref _appendsToFail) >= 0)
                throw new IOException("The test lets this append fail.");
            Keep(room, entry);
            if (Volatile.Read(ref _answersToLose) > 0 && Interlocked.Decrement(ref _answersToLose) >= 0)
                throw new IOException("The test loses the answer to this append.");
            return Task.CompletedTask;
        }
    }

    public Task<IReadOnlyList<JournalEntry>> ReadAfterAsync(string room, long afterNumber, int countMax, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<JournalEntry>>([.. _kept.GetValueOrDefault(room, []).Where(entry => entry.Number > afterNumber).Take(countMax)]);
    }

    public Task<int> TrimAsync(string room, long upToNumber, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(_kept.TryGetValue(room, out var kept) ? kept.RemoveAll(entry => entry.Number <= upToNumber && entry.Number < kept[^1].Number) : 0);
    }

    private void Keep(string room, JournalEntry entry)
    {
        if (!_kept.TryGetValue(room, out var kept))
            _kept.Add(room, kept = []);
        if (entry.Number != (kept.Count == 0 ? 1 : kept[^1].Number + 1))
            throw new JournalConflictException(room, entry.Number);
        kept.Add(entry);
    }
}
