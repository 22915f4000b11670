using System.Text;
using WhatsSound.Limits;
using WhatsSound.Rooms;
using WhatsSound.Text;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// How messages, and the song that plays, are reacted to: counts by emoji, in memory. Whoever is muted in the shadow sees their own besides, and nobody else does. Bounded: so many kinds of a target, so many messages, of which the
/// oldest goes, so many users whose pace is known, and so many targets that somebody sees in their own way.
/// </summary>
internal sealed class ReactionTally
{
    public const int KindsMax = 12;
    public const int PerSecondMax = 5;
    public const int MessagesMax = 100;

    /// <summary>What stands for the song that plays among the numbers of messages.</summary>
    private const long Song = 0;

    /// <summary>For how many users and targets what only they see is known; beyond it, the oldest is forgotten.</summary>
    public const int TheirsMax = 100;

    private readonly SortedDictionary<long, List<ReactionCount>> _counts = [];
    private readonly List<Theirs> _theirs = [];
    private readonly SortedSet<long> _changed = [];
    private readonly SortedSet<(long Target, string UserId)> _changedFor = new(Comparer<(long Target, string UserId)>.Create(
        static (one, other) => one.Target != other.Target ? one.Target.CompareTo(other.Target) : string.CompareOrdinal(one.UserId, other.UserId)));
    private readonly RecentBuckets<string> _paces = new(1000);
    private string? _entryId;

    /// <summary>Whether there is anything that nobody was told yet.</summary>
    public bool HasChanged => _changed.Count > 0 || _changedFor.Count > 0;

    /// <summary>Null: it is one emoji.</summary>
    public static Refusal? Check(string? emoji) =>
        emoji is not null && Encoding.UTF8.GetByteCount(emoji) <= React.EmojiBytesMax && Emoji.IsOne(emoji) ? null : NoEmoji();

    /// <summary>Whether the message has reactions already, and so is known to be there.</summary>
    public bool IsKnown(long offset) => _counts.ContainsKey(offset);

    /// <summary>Null: it counts.</summary>
    /// <param name="userId">Who reacts.</param>
    /// <param name="react">With what to what.</param>
    /// <param name="entryId">The song that plays.</param>
    /// <param name="nowMs">Room time.</param>
    /// <param name="isTheirs">True: nobody else is to hear of it, though the answer is the same.</param>
    public Refusal? Take(string userId, React react, string? entryId, long nowMs, bool isTheirs)
    {
        var nowTicks = nowMs * TimeSpan.TicksPerMillisecond;
        if (!_paces.HasAny(userId, nowTicks, PerSecondMax, PerSecondMax, out var retryAfter))
            return Refusals.TooOften("reactions", "Too many reactions.", retryAfter);
        if (_entryId != entryId)
            Forget(Song);
        _entryId = entryId;
        var target = react.Offset ?? Song;
        var shown = CountsOf(target, isTheirs ? userId : null);
        if (shown.Count >= KindsMax && !shown.Exists(count => count.Emoji == react.Emoji))
            return Refusals.Limit(RefusalCode.RoomLimit, $"There are {KindsMax} kinds of reactions already.", KindsMax);
        _paces.TryTake(userId, nowTicks, PerSecondMax, PerSecondMax, out _);
        if (isTheirs)
        {
            Count(TheirsOf(target, userId).Counts, react.Emoji, 1);
            _changedFor.Add((target, userId));
            return null;
        }

        if (!_counts.TryGetValue(target, out var counts))
            _counts.Add(target, counts = []);
        Count(counts, react.Emoji, 1);
        _changed.Add(target);
        if (_counts.Count > MessagesMax + 1)
            Forget(_counts.Keys.First(static offset => offset != Song));
        return null;
    }

    /// <summary>The message was taken back.</summary>
    public void Forget(long offset)
    {
        _counts.Remove(offset);
        _changed.Remove(offset);
        _theirs.RemoveAll(theirs => theirs.Target == offset);
        _changedFor.RemoveWhere(changed => changed.Target == offset);
    }

    /// <summary>What is to be told, of up to so many targets: of each, to whom.</summary>
    public IReadOnlyList<(long Target, PulseChange Change)> TakeChanged(int max)
    {
        var taken = new List<(long Target, PulseChange Change)>();
        foreach (var target in _changed.Concat(_changedFor.Select(static changed => changed.Target)).Distinct().Take(max).ToList())
        {
            var isForAll = _changed.Remove(target);
            var users = _changedFor.Where(changed => changed.Target == target).Select(static changed => changed.UserId);
            if (isForAll)
                users = users.Union(_theirs.Where(theirs => theirs.Target == target).Select(static theirs => theirs.UserId), StringComparer.Ordinal);
            taken.Add((target, new PulseChange(isForAll, [.. users.Order(StringComparer.Ordinal)])));
            _changedFor.RemoveWhere(changed => changed.Target == target);
        }

        return taken;
    }

    /// <summary>As a user sees a target; null: who has no reaction that nobody else sees.</summary>
    public ReactionCounts For(long target, string? userId) =>
        new() { Offset = target == Song ? null : target, EntryId = target == Song ? _entryId : null, Counts = [.. CountsOf(target, userId)] };

    /// <summary>It could not be told, and is to be told again.</summary>
    public void TellAgain(long target, PulseChange change)
    {
        if (change.IsForAll && _counts.ContainsKey(target))
            _changed.Add(target);
        foreach (var theirs in _theirs.Where(theirs => theirs.Target == target && change.ForUserIds.Contains(theirs.UserId, StringComparer.Ordinal)))
            _changedFor.Add((target, theirs.UserId));
    }

    private List<ReactionCount> CountsOf(long target, string? userId)
    {
        List<ReactionCount> counts = [.. _counts.GetValueOrDefault(target, [])];
        foreach (var count in userId is null ? [] : _theirs.Find(theirs => theirs.Target == target && theirs.UserId == userId)?.Counts ?? [])
            Count(counts, count.Emoji, count.Count);
        return counts;
    }

    private Theirs TheirsOf(long target, string userId)
    {
        if (_theirs.Find(theirs => theirs.Target == target && theirs.UserId == userId) is { } known)
            return known;
        if (_theirs.Count == TheirsMax)
            _theirs.RemoveAt(0);
        _theirs.Add(new Theirs(target, userId, []));
        return _theirs[^1];
    }

    private static void Count(List<ReactionCount> counts, string emoji, long by)
    {
        var known = counts.FindIndex(count => count.Emoji == emoji);
        if (known < 0)
            counts.Add(new ReactionCount { Emoji = emoji, Count = by });
        else
            counts[known] = counts[known] with { Count = counts[known].Count + by };
    }

    private static Refusal NoEmoji() => Refusals.WrongField("emoji", "must be one emoji");

    /// <summary>What a user alone sees of a target.</summary>
    private sealed record Theirs(long Target, string UserId, List<ReactionCount> Counts);
}
