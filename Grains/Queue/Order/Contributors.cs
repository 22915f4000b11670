using System.Collections.Immutable;

namespace WhatsSound.Grains.Queue.Order;

/// <summary>
/// Everybody who has songs queued, and those who had some in the last two hours: leaving and coming back is no way to the front. Of the latter at most
/// <see cref="IdleMax"/> are remembered; beyond it those are forgotten who were seen least recently.
/// </summary>
internal sealed record Contributors
{
    public static readonly TimeSpan IdleAge = TimeSpan.FromHours(2);

    public const int IdleMax = 1000;

    private readonly IComparer<Placed> _comparer;

    public Contributors(IComparer<Placed> comparer)
    {
        _comparer = comparer;
        Finishes = ImmutableSortedSet.Create(comparer);
        Idle = ImmutableSortedSet.Create(comparer);
    }

    public ImmutableDictionary<string, Contributor> ByUser { get; private init; } = ImmutableDictionary<string, Contributor>.Empty;

    /// <summary>Those who have songs queued, by finish tag.</summary>
    private ImmutableSortedSet<Placed> Finishes { get; init; }

    /// <summary>Those who have none, by when they were last seen.</summary>
    private ImmutableSortedSet<Placed> Idle { get; init; }

    /// <summary>The least finish tag of those who have songs queued; null if nobody has.</summary>
    public long? LeastFinish => Finishes.IsEmpty ? null : Finishes.Min.First;

    /// <summary>A user as contributor, who may be new.</summary>
    public Contributor Of(string userId) =>
        ByUser.GetValueOrDefault(userId) ?? new Contributor { UserId = userId, Own = ImmutableSortedSet.Create(_comparer) };

    public Contributors With(Contributor after)
    {
        var before = ByUser.GetValueOrDefault(after.UserId);
        var next = this with
        {
            ByUser = ByUser.SetItem(after.UserId, after),
            Finishes = Moved(Finishes, before is { IsBacklogged: true } ? Finish(before) : null, after.IsBacklogged ? Finish(after) : null),
            Idle = Moved(Idle, before is { IsBacklogged: false } ? Seen(before) : null, after.IsBacklogged ? null : Seen(after)),
        };
        return next.Idle.Count > IdleMax ? next.Forget(next.Idle.Min.First) : next;
    }

    /// <summary>Forgets who has been idle for too long. Each is forgotten once, so it costs what adding them did.</summary>
    public Contributors Forget(long nowMs)
    {
        var oldestMs = nowMs - (long)IdleAge.TotalMilliseconds;
        var (byUser, idle) = (ByUser, Idle);
        while (!idle.IsEmpty && (idle.Min.First < oldestMs || idle.Count > IdleMax))
        {
            byUser = byUser.Remove(idle.Min.Id);
            idle = idle.Remove(idle.Min);
        }

        return this with { ByUser = byUser, Idle = idle };
    }

    /// <summary>All at once, which is cheaper than one after another.</summary>
    public Contributors Restored(IEnumerable<Contributor> all)
    {
        var byUser = all.ToImmutableDictionary(contributor => contributor.UserId, StringComparer.Ordinal);
        return this with
        {
            ByUser = byUser,
            Finishes = ImmutableSortedSet.CreateRange(_comparer, byUser.Values.Where(one => one.IsBacklogged).Select(Finish)),
            Idle = ImmutableSortedSet.CreateRange(_comparer, byUser.Values.Where(one => !one.IsBacklogged).Select(Seen)),
        };
    }

    private static Placed Finish(Contributor one) => new(one.Finish, 0, 0, one.UserId);

    private static Placed Seen(Contributor one) => new(one.SeenAtMs, 0, 0, one.UserId);

    private static ImmutableSortedSet<Placed> Moved(ImmutableSortedSet<Placed> set, Placed? from, Placed? to)
    {
        if (from == to)
            return set;
        if (from is { } gone)
            set = set.Remove(gone);
        return to is { } come ? set.Add(come) : set;
    }
}
