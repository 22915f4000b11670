using Orleans.Storage;
using WhatsSound.Channels;
using WhatsSound.Grains.Channels;
using WhatsSound.Grains.Rooms;
using WhatsSound.Grains.Storage;
using WhatsSound.Publications;
using WhatsSound.Tests.Grains;
using WhatsSound.Tests.Simulation.Judges;
using WhatsSound.Tests.Simulation.Storms;

namespace WhatsSound.Tests.Simulation.Faults;

/// <summary>
/// The database that all silos share: it outlives every silo, fails, and loses answers; what was sent to it before a kill may still be done after it. The
/// judge sees every room that it takes.
/// </summary>
internal sealed class FaultyDatabase(Dice dice, Rates rates, StormClock clock, RoomJudge judge) : IGrainStorage, IMessageLog, IRoomJournal, IRestingChannels
{
    private readonly Lock _gate = new();
    private readonly MemoryStorage _storage = new();
    private readonly MemoryRoomJournal _journal = new();
    private readonly MemoryRestingChannels _resting = new();

    public MemoryMessageLog Log { get; } = new();

    /// <summary>What a mutant makes of an entry that is read back.</summary>
    public Func<JournalEntry, JournalEntry> Reads { get; set; } = static entry => entry;

    /// <summary>Entries that a mutant says are kept, and are not.</summary>
    public Predicate<RoomEntry> Forgets { get; set; } = static _ => false;

    /// <summary>Whether rooms get their snapshots through.</summary>
    public bool TakesSnapshots { get; set; } = true;

    /// <summary>Whether a mutant says that the members of channels are kept, and they are not.</summary>
    public bool ForgetsMembers { get; set; }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await BeLateSometimesAsync();
        await _storage.ReadStateAsync(stateName, grainId, grainState);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var sent = new GrainState<T> { State = grainState.State, ETag = grainState.ETag, RecordExists = grainState.RecordExists };
        if (sent.State is KeptMembers && ForgetsMembers)
            return;
        if (sent.State is RoomState && !TakesSnapshots)
            throw new IOException("The storm keeps the snapshot back.");
        await BeLateSometimesAsync();
        ThrowSometimes("write not done", rates.WriteFailure / 2);
        Write(stateName, grainId, sent);
        ThrowSometimes("write unanswered", rates.WriteFailure / 2);
        grainState.ETag = sent.ETag;
        grainState.RecordExists = sent.RecordExists;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => _storage.ClearStateAsync(stateName, grainId, grainState);

    public async Task<LoggedChannel?> FindAsync(string channel, CancellationToken cancellationToken)
    {
        await BeLateSometimesAsync();
        return await Log.FindAsync(channel, cancellationToken);
    }

    public async Task AppendAsync(string channel, string epoch, Publication publication, Retention retention, Amendment? amends, CancellationToken cancellationToken)
    {
        await BeLateSometimesAsync();
        ThrowSometimes("append not done", rates.AppendFailure / 2);
        await Log.AppendAsync(channel, epoch, publication, retention, amends, CancellationToken.None);
        ThrowSometimes("append unanswered", rates.AppendFailure / 2);
    }

    public Task<IReadOnlyList<Publication>> ReadAfterAsync(
        string channel, string epoch, long afterOffset, int countMax, CancellationToken cancellationToken) =>
        Log.ReadAfterAsync(channel, epoch, afterOffset, countMax, cancellationToken);

    public Task<IReadOnlyList<Publication>> ReadBeforeAsync(
        string channel, string epoch, long beforeOffset, int countMax, CancellationToken cancellationToken) =>
        Log.ReadBeforeAsync(channel, epoch, beforeOffset, countMax, cancellationToken);

    public Task<IReadOnlyList<Publication>> ReadLastAsync(string channel, string epoch, int countMax, CancellationToken cancellationToken) =>
        Log.ReadLastAsync(channel, epoch, countMax, cancellationToken);

    public Task<LoggedTime> FindTimeAsync(string channel, string epoch, long timeMs, CancellationToken cancellationToken) =>
        Log.FindTimeAsync(channel, epoch, timeMs, cancellationToken);

    public async Task<RestedPosition> TakeAsync(string channel, string newEpoch, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await BeLateSometimesAsync();
        ThrowSometimes("rest not taken", rates.AppendFailure / 2);
        var rested = await _resting.TakeAsync(channel, newEpoch, now, cancellationToken);
        ThrowSometimes("rest taken unanswered", rates.AppendFailure / 2);
        return rested;
    }

    public async Task<RestedPosition?> ReadAsync(string channel, CancellationToken cancellationToken)
    {
        await BeLateSometimesAsync();
        return await _resting.ReadAsync(channel, cancellationToken);
    }

    public async Task RestAsync(string channel, Position head, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await BeLateSometimesAsync();
        ThrowSometimes("not put to rest", rates.AppendFailure / 2);
        await _resting.RestAsync(channel, head, now, cancellationToken);
    }

    public async Task AppendAsync(string room, JournalEntry entry, CancellationToken cancellationToken)
    {
        if (Forgets(RoomEntry.Read(entry.Content)))
            return;
        await BeLateSometimesAsync();
        ThrowSometimes("entry not written", rates.WriteFailure / 2);
        Write(room, entry);
        ThrowSometimes("entry written unanswered", rates.WriteFailure / 2);
    }

    public async Task<IReadOnlyList<JournalEntry>> ReadAfterAsync(string room, long afterNumber, int countMax, CancellationToken cancellationToken)
    {
        await BeLateSometimesAsync();
        return [.. (await _journal.ReadAfterAsync(room, afterNumber, countMax, cancellationToken)).Select(Reads)];
    }

    public async Task<int> TrimAsync(string room, long upToNumber, CancellationToken cancellationToken)
    {
        await BeLateSometimesAsync();
        ThrowSometimes("not trimmed", rates.WriteFailure / 2);
        return await _journal.TrimAsync(room, upToNumber, cancellationToken);
    }

    public Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult(0);

    // Under a lock, so that the judge sees the entries in the order in which they were kept. The memory below is done when it returns.
    private void Write(string room, JournalEntry entry)
    {
        lock (_gate)
        {
            // Throws where it is not the next one.
            _journal.Overtake(room, entry);
            judge.Saw(entry);
        }
    }

    private void Write<T>(string stateName, GrainId grainId, GrainState<T> sent)
    {
        lock (_gate)
        {
            var writing = _storage.WriteStateAsync(stateName, grainId, sent);
            if (writing.Exception is { } failed)
                throw failed.InnerException!;
            if (sent.State is RoomState room)
                judge.Saw(room);
        }
    }

    private async Task BeLateSometimesAsync()
    {
        clock.Progressed();
        if (dice.Hits("database late", rates.Delay))
            await clock.HoldAsync(rates.DelayMax * dice.Next("how late the database"));
    }

    private void ThrowSometimes(string kind, double chance)
    {
        if (dice.Hits(kind, chance))
            throw new IOException("The storm breaks the database.");
    }
}
