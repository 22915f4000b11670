using WhatsSound.Bench.Reports;
using static System.FormattableString;

namespace WhatsSound.Bench.Rooms;

/// <summary>A line per figure of a crowd, beside what it is to be.</summary>
internal static class CrowdTable
{
    public static string Write(CrowdFigures crowd) => MarkdownTable.Write(
    [
        [Invariant($"a room of {crowd.Members}"), "measured", "at most"],
        ["join to whole snapshot, p50 / p99, ms", Invariant($"{crowd.Joins?.MedianMs:F1} / {crowd.Joins?.P99Ms:F1}"), "300"],
        ["frames of playback a second, while nobody does anything", Invariant($"{crowd.SteadyPlaybackFrames:F2}"), "0.2"],
        [Invariant($"frames of the queue a second, at {crowd.Votes:F0} votes"), Invariant($"{crowd.QueueFrames:F2}"), "2"],
        ["a vote of those, p50 / p99, ms", Invariant($"{crowd.VoteLatency?.MedianMs:F1} / {crowd.VoteLatency?.P99Ms:F1}"), ""],
        .. crowd.Snapshots.Select(snapshot => (IReadOnlyList<string>)[Invariant($"bytes of a snapshot, {snapshot.Songs} songs"), Invariant($"{snapshot.Bytes}"), "65536"]),
    ]);

    public static object Figures(CrowdFigures crowd) => new
    {
        crowd.Members,
        joinP50Ms = crowd.Joins?.MedianMs,
        joinP99Ms = crowd.Joins?.P99Ms,
        crowd.SteadyPlaybackFrames,
        crowd.Votes,
        crowd.QueueFrames,
        voteP50Ms = crowd.VoteLatency?.MedianMs,
        voteP99Ms = crowd.VoteLatency?.P99Ms,
        snapshots = crowd.Snapshots.Select(static snapshot => new { snapshot.Songs, snapshot.Bytes }),
    };
}
