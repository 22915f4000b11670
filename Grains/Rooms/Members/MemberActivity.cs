namespace WhatsSound.Grains.Rooms;

/// <summary>
/// When members last did something; in memory only, and of members only. Whoever has done nothing for a while is away: they listen, and do not count where it is asked
/// how many of those here want something. After a restart nobody's silence is known, so everybody was just here.
/// </summary>
/// <param name="awayAfterMs">How long that is.</param>
internal sealed class MemberActivity(long awayAfterMs)
{
    /// <summary>Less than this after the last thing, another says nothing new.</summary>
    private const long StepMs = 10_000;

    private readonly Dictionary<string, long> _lastMs = new(StringComparer.Ordinal);

    /// <summary>Somebody did something. False: it is as good as known.</summary>
    public bool Saw(string userId, long nowMs)
    {
        if (_lastMs.TryGetValue(userId, out var lastMs) && nowMs - lastMs < StepMs)
            return false;
        _lastMs[userId] = nowMs;
        return true;
    }

    /// <summary>From when on they are away, if they do nothing more; who is new is here now.</summary>
    public long AwayFromMs(string userId, long nowMs)
    {
        if (!_lastMs.TryGetValue(userId, out var lastMs))
            _lastMs[userId] = lastMs = nowMs;
        return lastMs + awayAfterMs;
    }

    /// <summary>Those who have left are forgotten.</summary>
    public void Keep(IReadOnlyDictionary<string, long> members)
    {
        foreach (var userId in _lastMs.Keys)
        {
            if (!members.ContainsKey(userId))
                _lastMs.Remove(userId);
        }
    }
}
