using System.Diagnostics;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Bench.Turns;

/// <summary>The journal of rooms, which says how long a turn waited for it.</summary>
internal sealed class TimedJournal(IRoomJournal journal, TurnTimes times) : IRoomJournal
{
    public async Task AppendAsync(string room, JournalEntry entry, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await journal.AppendAsync(room, entry, cancellationToken);
        times.Waited(Stopwatch.GetElapsedTime(started));
    }

    public Task<IReadOnlyList<JournalEntry>> ReadAfterAsync(string room, long afterNumber, int countMax, CancellationToken cancellationToken) =>
        journal.ReadAfterAsync(room, afterNumber, countMax, cancellationToken);

    public Task<int> TrimAsync(string room, long upToNumber, CancellationToken cancellationToken) => journal.TrimAsync(room, upToNumber, cancellationToken);
}
