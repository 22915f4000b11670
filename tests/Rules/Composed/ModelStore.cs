using System.Text.Json;
using WhatsSound.Grains.Rooms;
using WhatsSound.Grains.Storage;
using WhatsSound.Tests.Simulation.Judges;

namespace WhatsSound.Tests.Rules.Composed;

/// <summary>
/// The room's journal and the row of its snapshot: an entry is taken only from who knows the last, and a snapshot only from who has read the last; both may fail
/// before or after they were written.
/// </summary>
internal sealed class ModelStore(RoomJudge judge, Mistake mistake) : IRoomJournal
{
    private readonly List<JournalEntry> _entries = [];
    private string? _snapshot;
    private int _version;

    public int WritesToFail { get; set; }

    public int AnswersToLose { get; set; }

    public ModelSnapshot OpenSnapshot() => new(this, Read(), _version);

    public Task AppendAsync(string room, JournalEntry entry, CancellationToken cancellationToken)
    {
        FailSometimes();
        var next = _entries.Count == 0 ? 1 : _entries[^1].Number + 1;
        if (mistake == Mistake.LostAnswerIsAFailure)
            entry = entry with { Number = next };
        if (entry.Number != next)
            throw new JournalConflictException(room, entry.Number);
        entry = AsWritten(entry);
        judge.Saw(entry);
        _entries.Add(entry);
        LoseAnswerSometimes();
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<JournalEntry>> ReadAfterAsync(string room, long afterNumber, int countMax, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<JournalEntry>>([.. AsRead().Where(entry => entry.Number > afterNumber).Take(countMax)]);

    public Task<int> TrimAsync(string room, long upToNumber, CancellationToken cancellationToken)
    {
        FailSometimes();
        var trimmed = mistake == Mistake.AnswersAreTrimmed ? long.MaxValue : upToNumber;
        return Task.FromResult(_entries.RemoveAll(entry => entry.Number <= trimmed && entry.Number < _entries[^1].Number));
    }

    /// <summary>Writes over the version that the writer knows. Null: another was faster.</summary>
    public int? Write(RoomState state, int known)
    {
        FailSometimes();
        if (known != _version)
            return null;
        _snapshot = JsonSerializer.Serialize(state);
        _version++;
        judge.Saw(state);
        LoseAnswerSometimes();
        return _version;
    }

    private RoomState Read() => _snapshot is null ? new RoomState() : JsonSerializer.Deserialize<RoomState>(_snapshot)!;

    private JournalEntry AsWritten(JournalEntry row)
    {
        var entry = RoomEntry.Read(row.Content);
        return row with
        {
            Content = (mistake switch
            {
                Mistake.ReceiptIsNotSaved => entry with { Receipts = null },
                Mistake.PublishedBeforeItIs => entry with { Published = row.Number },
                _ => entry,
            }).Write(),
        };
    }

    /// <summary>One that skips events is wrong about the revision too, as a fold is that does not know them.</summary>
    private IEnumerable<JournalEntry> AsRead()
    {
        var skipped = 0;
        foreach (var row in _entries)
        {
            var entry = RoomEntry.Read(row.Content);
            if (mistake == Mistake.EventIsSkipped && row.Number > Read().Number && entry.Events is { } events)
            {
                var kept = events.RemoveAll(happened => happened is VectorChanged);
                skipped += events.Length - kept.Length;
                entry = entry with { Events = kept };
            }

            yield return row with { Content = entry.Write(), Revision = row.Revision - skipped };
        }
    }

    private void FailSometimes()
    {
        if (WritesToFail <= 0)
            return;
        WritesToFail--;
        throw new IOException("Not written.");
    }

    private void LoseAnswerSometimes()
    {
        if (AnswersToLose == 0)
            return;
        AnswersToLose--;
        throw new IOException("Written, and not answered.");
    }
}
