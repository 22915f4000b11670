using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Who did what in a room: it follows from the events, as everything in a room does, and stays when the journal is trimmed. 90 days, and no more lines than a snapshot carries with ease, of one user
/// no more than so many a minute, but for what is done to songs.
/// </summary>
internal static class ModerationLog
{
    public const int LinesMax = 1000;

    private const long MinuteMs = 60_000;

    /// <summary>What is done to songs counts for no limit: who keeps order among them may keep it among people too.</summary>
    private static readonly HashSet<string> OfSongs = new(["removeSong", "pinSong", "skipSong", "clearQueue", "undo"], StringComparer.Ordinal);

    public static TimeSpan Age { get; } = TimeSpan.FromDays(90);

    /// <summary>Null, unless the decision writes a line of somebody who has written too many in the last minute: the log is not to be flushed of what they did before.</summary>
    public static Refusal? RefuseFlood(RoomTurn turn, RoomDecision decision)
    {
        if (turn.Found is null || !decision.Events.Any(happened => happened.ToLog(turn.Room) is { } line && line.By == turn.UserId && IsCounted(line)))
            return null;
        return RetryAfter(turn, turn.Moment.Options.LogLinesPerMinuteMax, IsCounted) is { } retryAfter
            ? Refusals.TooOften("log", "Too much of this in a minute.", retryAfter)
            : null;
    }

    /// <summary>When the user may write another line of a kind, of which they write no more than so many a minute; null: now.</summary>
    public static TimeSpan? RetryAfter(RoomTurn turn, int perMinuteMax, Func<LogLine, bool> isCounted)
    {
        var (log, left) = (turn.Room.Log, perMinuteMax);
        for (var i = log.Length - 1; i >= 0 && log[i].AtMs > turn.NowMs - MinuteMs; i--)
        {
            if (log[i].By == turn.UserId && isCounted(log[i]) && --left == 0)
                return TimeSpan.FromMilliseconds(log[i].AtMs + MinuteMs - turn.NowMs);
        }

        return null;
    }

    public static ImmutableArray<LogLine> With(ImmutableArray<LogLine> log, LogLine line)
    {
        var oldestMs = line.AtMs - (long)Age.TotalMilliseconds;
        var first = 0;
        while (first < log.Length && log[first].AtMs < oldestMs)
            first++;
        var kept = log[first..];
        return (kept.Length < LinesMax ? kept : kept.RemoveAt(ToForget(kept, line.AtMs - MinuteMs))).Add(line);
    }

    /// <summary>Nothing of the last minute while there is something older, since by it, it is known how much somebody has done. Those who came by invites are many, and count as one.</summary>
    private static int ToForget(ImmutableArray<LogLine> log, long minuteAgoMs)
    {
        var older = log.Count(line => line.AtMs <= minuteAgoMs);
        return OldestOfMost(older == 0 ? log : log[..older], static line => line.Action == InviteUsed.Use ? InviteUsed.Use : line.By);
    }

    private static bool IsCounted(LogLine line) => !OfSongs.Contains(line.Action);

    /// <summary>Where the oldest is of whoever has the most: at a bound, so that nobody pushes out what others have.</summary>
    public static int OldestOfMost<T>(ImmutableArray<T> items, Func<T, string?> byOf)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var item in items)
            CollectionsMarshal.GetValueRefOrAddDefault(counts, byOf(item) ?? "", out _)++;
        var most = counts.Values.Max();
        for (var i = 0; ; i++)
        {
            if (counts[byOf(items[i]) ?? ""] == most)
                return i;
        }
    }
}
