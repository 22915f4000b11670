using System.Collections.Immutable;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// How long messages take to the members, as they report it; in memory only, and of members only. The lead of a start is twice what 95 in 100 of them need: not
/// what the slowest needs, since one bad phone would delay all; so of few members, where 95 in 100 are all, the slowest is left out.
/// </summary>
internal sealed class MemberLatencies
{
    private static readonly TimeSpan LeadMax = TimeSpan.FromSeconds(2);

    private ImmutableDictionary<string, int> _oneWayMs = ImmutableDictionary<string, int>.Empty;
    private int _p95Ms;

    public void Report(string userId, int oneWayMs, IReadOnlyDictionary<string, long> members)
    {
        _oneWayMs = _oneWayMs.SetItem(userId, oneWayMs);
        Forget(members);
        Measure();
    }

    /// <summary>What those reported who have left counts no more.</summary>
    public void Keep(IReadOnlyDictionary<string, long> members)
    {
        if (Forget(members))
            Measure();
    }

    /// <summary>How far ahead a start is announced; what is set where nobody has reported, or all are fast.</summary>
    public TimeSpan Lead(TimeSpan least)
    {
        var needed = TimeSpan.FromMilliseconds(2 * _p95Ms);
        return needed <= least ? least : needed < LeadMax ? needed : LeadMax;
    }

    private bool Forget(IReadOnlyDictionary<string, long> members)
    {
        var before = _oneWayMs;
        _oneWayMs = before.RemoveRange(before.Keys.Where(known => !members.ContainsKey(known)));
        return _oneWayMs.Count < before.Count;
    }

    private void Measure()
    {
        var sorted = _oneWayMs.Values.Order().ToList();
        _p95Ms = sorted.Count == 0 ? 0 : sorted[Math.Max(0, Math.Min((int)Math.Ceiling(0.95 * sorted.Count) - 1, sorted.Count - 2))];
    }
}
