using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using WhatsSound.Grains.Presence;
using WhatsSound.Grains.Storage;
using WhatsSound.Playback;
using WhatsSound.Presence;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// What is kept of a room: a journal, and a snapshot now and then. Whatever counts is in the journal before it is acknowledged. An entry that another activation has
/// overtaken ends this one; an entry whose outcome is unknown is taken as not written, and the next one tells: it has the same number.
/// </summary>
internal sealed class RoomStore(
    string roomId, IPersistentState<RoomState> snapshot, IRoomJournal journal, RoomOptions options, IRoomClock clock, TimeProvider time, ILogger logger, Action overtaken)
{
    private const int PageMax = 1_000;

    /// <summary>Below the caller's own timeout, so that a hanging database becomes a refusal.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly Receipts _receipts = new(options);
    private ImmutableArray<KeptReceipt> _unsaved = [];
    private ImmutableDictionary<string, long> _members = ImmutableDictionary<string, long>.Empty;
    private long _published;
    private long _bytesSinceSnapshot;
    private long _lastToPublish;
    private Task _snapshotting = Task.CompletedTask;
    private bool _isOvertaken;
    private bool _isOver;

    public Room? Room { get; private set; }

    /// <summary>The last entry that is known to be written.</summary>
    public long Number { get; private set; }

    /// <summary>Room time of the last write.</summary>
    public long SavedAtMs { get; private set; }

    /// <summary>Who was here at the last write.</summary>
    public ImmutableArray<RosterMember> Members =>
        [.. _members.Select(member => new RosterMember { UserId = member.Key, JoinedAtMs = member.Value })
            .OrderBy(member => member.JoinedAtMs).ThenBy(member => member.UserId, StringComparer.Ordinal)];

    /// <summary>Reads the snapshot and the journal. Answers what is not known to be published.</summary>
    public async Task<ImmutableArray<OutboxEntry>> LoadAsync(CancellationToken cancellationToken)
    {
        snapshot.State = snapshot.State.Upgrade();
        var recovery = new RoomRecovery(snapshot.State, _receipts);
        var isMore = true;
        for (var after = 0L; isMore;)
        {
            var page = await journal.ReadAfterAsync(roomId, after, PageMax, cancellationToken);
            foreach (var row in page)
            {
                recovery.Take(row);
                _bytesSinceSnapshot += row.Number > snapshot.State.Number ? row.Content.Length : 0;
            }

            isMore = page.Count == PageMax;
            after = isMore ? page[^1].Number : after;
        }

        recovery.End();
        (Room, Number, SavedAtMs, _members) = (recovery.Room, recovery.Number, recovery.SavedAtMs, recovery.Members);
        var unsent = recovery.Unsent;
        _published = recovery.PublishedUpTo;

        // What a version without a journal had left is published with the first entry, at the latest.
        _lastToPublish = unsent.IsEmpty ? 0 : Math.Max(1, unsent.Max(static entry => entry.Number));
        return unsent;
    }

    /// <summary>The answer that the command's id got already.</summary>
    public KeptReceipt? FindAnswer(RoomCommand command) =>
        _receipts.Find(command) ?? _unsaved.FirstOrDefault(receipt => receipt.CommandId == command.CommandId && receipt.UserId == command.UserId);

    /// <summary>Remembers an answer before it is saved: what it answers cannot be decided again. The next entry has it.</summary>
    public void Answered(KeptReceipt receipt) => _unsaved = _unsaved.Length < options.ReceiptsMax ? _unsaved.Add(receipt) : [.. _unsaved[1..], receipt];

    /// <summary>Forgets answers that are too old to be given again.</summary>
    public void ForgetOld() => _receipts.ForgetOld(clock.NowMs);

    /// <summary>Whether there is something that no entry has yet. How far the room has published is not, where nothing of it was to be published.</summary>
    public bool HasUnsaved(Attendance attendance, long published) =>
        !_unsaved.IsEmpty || _published < Math.Min(published, _lastToPublish) || RosterChange.Between(_members, attendance.Members) is not null;

    /// <summary>
    /// Writes an entry. Null: it is written, and the room is the next one. NOT_READY: it is not, and will not be. TIMEOUT: nobody knows; the next write, or the next
    /// activation, will.
    /// </summary>
    /// <param name="decision">What happened; null: nothing.</param>
    /// <param name="receipt">What was answered; null: nothing.</param>
    /// <param name="attendance">Who is here.</param>
    /// <param name="published">Up to which entry everything is published.</param>
    public async Task<Refusal?> AppendAsync(RoomDecision? decision, KeptReceipt? receipt, Attendance attendance, long published)
    {
        var receipts = receipt is null ? _unsaved : _unsaved.Add(receipt);
        var entry = new RoomEntry
        {
            Events = decision is { Events.IsEmpty: false } ? decision.Events : null,
            Receipts = receipts.IsEmpty ? null : receipts,
            Members = RosterChange.Between(_members, attendance.Members),
            Published = published,
        };
        var room = decision?.Room ?? Room;
        var nowMs = clock.NowMs;
        var content = entry.Write();
        if (await WriteAsync(new JournalEntry(Number + 1, room?.Revision ?? 0, nowMs, receipts.IsEmpty ? null : receipts[^1].UserId, content)) is { } refusal)
            return refusal;
        _bytesSinceSnapshot += content.Length;
        (Room, SavedAtMs, _members, _published, _unsaved) = (room, nowMs, attendance.Members, published, []);
        Number++;
        if (entry.Events is not null)
            _lastToPublish = Number;
        foreach (var kept in receipts)
            _receipts.Add(kept, Number);
        return null;
    }

    /// <summary>Whether the journal is so long that reading it would take longer than a snapshot.</summary>
    public bool IsSnapshotDue => Number - snapshot.State.Number >= options.SnapshotEvery || _bytesSinceSnapshot >= options.SnapshotBytes;

    /// <summary>Begins to write a snapshot, beside the room's turns, unless one is being written; waits for nothing.</summary>
    public void StartSnapshot(ImmutableArray<OutboxEntry> unsent)
    {
        if (!_snapshotting.IsCompleted || _isOvertaken || Room is null || Number == snapshot.State.Number)
            return;

        // In memory too: what this activation could still undo must not be missing for the next one.
        Room = Room.At(clock.NowMs);
        var before = snapshot.State;
        snapshot.State = new RoomState
        {
            Room = Room,
            Number = Number,
            SavedAtMs = SavedAtMs,
            Members = Members,
            Outbox = unsent,
            Receipts = [.. _receipts.WithoutEntry],
        };
        _snapshotting = WriteSnapshotAsync(before, _bytesSinceSnapshot);
        _bytesSinceSnapshot = 0;
    }

    /// <summary>
    /// Writes a snapshot as the last thing that happens here, and waits for it, with a limit; of the journal what no answer needs any more is deleted, also where there was nothing to write. What fails here costs whoever comes next only
    /// time.
    /// </summary>
    public async Task SnapshotAsync(ImmutableArray<OutboxEntry> unsent, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        const ConfigureAwaitOptions Silently = ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;
        await _snapshotting.WaitAsync(either.Token).ConfigureAwait(Silently);
        var isWritten = _snapshotting.IsCompleted && Number > 0 && Number == snapshot.State.Number;
        StartSnapshot(unsent);
        await _snapshotting.WaitAsync(either.Token).ConfigureAwait(Silently);
        if (isWritten && !_isOvertaken)
            await ((Task)TrimAsync(snapshot.State.Number, either.Token)).ConfigureAwait(Silently);
        _isOver = true;
    }

    /// <summary>
    /// Writes the snapshot, and deletes what of the journal is not needed any more: never what a repeated command would be answered from. A crash in between leaves entries that the next snapshot deletes. What fails here is done
    /// the next time. A write that hangs is waited for: another one must not be under way beside it. Throws nothing.
    /// </summary>
    /// <param name="before">What is kept until it is written.</param>
    /// <param name="bytes">How many bytes of entries it takes the place of.</param>
    private async Task WriteSnapshotAsync(RoomState before, long bytes)
    {
        var number = snapshot.State.Number;
        try
        {
            var writing = snapshot.WriteStateAsync();
            try
            {
                await writing.WaitAsync(Timeout, time);
            }
            catch (TimeoutException exception) when (!writing.IsCompleted)
            {
                logger.SnapshotSlow(roomId, exception);
                await writing;
            }

            // Whoever came after this activation reads the journal.
            if (_isOver)
                return;
            using var timeout = new CancellationTokenSource(Timeout, time);
            await TrimAsync(number, timeout.Token);
        }
        catch (InconsistentStateException exception)
        {
            // Another activation, or a write of ours whose answer was lost. Whoever comes next reads that.
            logger.SavedByAnother(roomId, exception);
            snapshot.State = before;
            _isOvertaken = true;
            overtaken();
        }
        catch (Exception exception)
        {
            // Nothing depends on it: the journal has everything.
            logger.SnapshotFailed(roomId, exception);
            snapshot.State = before;
            _bytesSinceSnapshot += bytes;
        }
    }

    /// <summary>Deletes the entries that the snapshot has, up to the first that a repeated command would be answered from.</summary>
    private Task<int> TrimAsync(long number, CancellationToken cancellationToken) =>
        journal.TrimAsync(roomId, Math.Min(number, (_receipts.OldestNumber(clock.NowMs) ?? long.MaxValue) - 1), cancellationToken);

    private async Task<Refusal?> WriteAsync(JournalEntry entry)
    {
        try
        {
            using var timeout = new CancellationTokenSource(Timeout, time);
            await journal.AppendAsync(roomId, entry, timeout.Token);
            return null;
        }
        catch (JournalConflictException exception)
        {
            // Another activation, or an entry of ours whose answer was lost, was faster: what it wrote is the room now.
            logger.SavedByAnother(roomId, exception);
            _isOvertaken = true;
            overtaken();
            return RoomRefusals.NotReady();
        }
        catch (StorageUnavailableException exception) when (exception.HasChangedNothing)
        {
            logger.SaveRefused(roomId, exception);
            return RoomRefusals.NotReady();
        }
        catch (Exception exception)
        {
            // Whatever broke on the way to the database, the entry may be there. This activation goes on from what it knows; if there is more, its next entry is
            // refused as a conflict, and the activation after it has that and its receipt.
            logger.SaveFailed(roomId, exception);
            return RoomRefusals.OutcomeUnknown();
        }
    }
}
