using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Order;

namespace WhatsSound.Grains.Queue.Songs;

/// <summary>When songs last started, for the no-repeat window: those of the last day, the newest <see cref="CountMax"/> of them.</summary>
internal sealed record RecentPlays
{
    public const int CountMax = 1000;

    public static readonly TimeSpan AgeMax = TimeSpan.FromDays(1);

    public static RecentPlays None { get; } = new();

    public ImmutableDictionary<string, long> StartedAtMs { get; private init; } = ImmutableDictionary<string, long>.Empty;

    private ImmutableSortedSet<Placed> ByTime { get; init; } = ImmutableSortedSet.Create<Placed>(PlacedComparer.Instance);

    public static RecentPlays Restored(ImmutableDictionary<string, long> startedAtMs) => new()
    {
        StartedAtMs = startedAtMs,
        ByTime = ImmutableSortedSet.CreateRange(PlacedComparer.Instance, startedAtMs.Select(play => new Placed(play.Value, 0, 0, play.Key))),
    };

    /// <summary>Until when a song may not be played again; null if it may be.</summary>
    public long? BlockedUntilMs(string address, TimeSpan window, long nowMs)
    {
        if (window <= TimeSpan.Zero || !StartedAtMs.TryGetValue(address, out var startedAtMs))
            return null;
        var untilMs = startedAtMs + (long)window.TotalMilliseconds;
        return untilMs > nowMs ? untilMs : null;
    }

    public RecentPlays With(string address, long atMs)
    {
        var byTime = StartedAtMs.TryGetValue(address, out var beforeMs) ? ByTime.Remove(new Placed(beforeMs, 0, 0, address)) : ByTime;
        byTime = byTime.Add(new Placed(atMs, 0, 0, address));
        var started = StartedAtMs.SetItem(address, atMs);
        while (byTime.Count > CountMax || byTime.Min.First < atMs - (long)AgeMax.TotalMilliseconds)
        {
            started = started.Remove(byTime.Min.Id);
            byTime = byTime.Remove(byTime.Min);
        }

        return new RecentPlays { StartedAtMs = started, ByTime = byTime };
    }
}
