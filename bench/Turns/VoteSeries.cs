using System.Diagnostics;
using System.Globalization;
using WhatsSound.Bench.Reports;

namespace WhatsSound.Bench.Turns;

/// <summary>Votes in several rooms, in turn, so that whatever else the machine does is in all of them alike.</summary>
internal sealed class VoteSeries(TurnSilo silo, IReadOnlyList<TurnRoom> rooms, int samples)
{
    private const int BlockVotes = 50;
    private const int WarmUpVotes = 2_000;

    /// <summary>Below a lease of 60 s.</summary>
    private static readonly TimeSpan RenewInterval = TimeSpan.FromSeconds(10);

    private long _renewed = Stopwatch.GetTimestamp();

    public async Task<string> MeasureAsync()
    {
        await VoteAsync(rooms.Select(static _ => new VoteTimes()).ToList(), WarmUpVotes);
        var times = rooms.Select(static _ => new VoteTimes()).ToList();
        await VoteAsync(times, samples);
        var first = times[0].ToLatencies();
        var lines = new List<IReadOnlyList<string>>
        {
            (string[])["songs", "votes", "grain p50, ms", "grain p99, ms", "p99 x first", "with the database p50, ms", "p99, ms", "for the caller p99, ms", "snapshot, bytes"],
        };
        for (var i = 0; i < rooms.Count; i++)
            lines.Add(Line(rooms[i], times[i].ToLatencies(), first, await rooms[i].ReadSnapshotBytesAsync()));
        return MarkdownTable.Write(lines);
    }

    private static string[] Line(TurnRoom room, VoteLatencies of, VoteLatencies first, int snapshotBytes) =>
    [
        room.Songs.ToString(CultureInfo.InvariantCulture),
        of.Grain.Count.ToString(CultureInfo.InvariantCulture),
        MarkdownTable.Cell(of.Grain.MedianMs, "0.00"),
        MarkdownTable.Cell(of.Grain.P99Ms, "0.00"),
        MarkdownTable.Cell(of.Grain.P99Ms / first.Grain.P99Ms, "0.0"),
        MarkdownTable.Cell(of.Turn.MedianMs, "0.00"),
        MarkdownTable.Cell(of.Turn.P99Ms, "0.00"),
        MarkdownTable.Cell(of.Call.P99Ms, "0.00"),
        snapshotBytes.ToString(CultureInfo.InvariantCulture),
    ];

    private async Task VoteAsync(List<VoteTimes> times, int count)
    {
        for (var done = 0; done < count; done += BlockVotes)
        {
            for (var i = 0; i < rooms.Count; i++)
            {
                for (var vote = 0; vote < BlockVotes; vote++)
                    await VoteAsync(rooms[i], times[i]);
            }

            await RenewAsync();
        }
    }

    private async Task VoteAsync(TurnRoom room, VoteTimes times)
    {
        var started = Stopwatch.GetTimestamp();
        await room.VoteAsync();
        times.Add(silo.Times.Grain, silo.Times.Turn, Stopwatch.GetElapsedTime(started));
    }

    private async Task RenewAsync()
    {
        if (Stopwatch.GetElapsedTime(_renewed) < RenewInterval)
            return;
        _renewed = Stopwatch.GetTimestamp();
        foreach (var room in rooms)
            await room.RenewAsync();
    }
}
