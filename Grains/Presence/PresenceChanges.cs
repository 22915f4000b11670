using WhatsSound.Presence;

namespace WhatsSound.Grains.Presence;

/// <summary>
/// The changes since the last tick, by user. What counts is how a user was then and is now: one who comes and goes, or goes and comes back, within a tick is not
/// told of, unless somebody took a view of what was between; then everybody is told of both. Bounded by the members, as only they can change.
/// </summary>
/// <param name="now">How a user is now; null: not here.</param>
internal sealed class PresenceChanges(Func<string, PresenceMember?> now)
{
    private readonly Dictionary<string, PendingChange> _pending = new(StringComparer.Ordinal);

    public bool IsEmpty => _pending.Count == 0;

    /// <summary>To be called before a user changes.</summary>
    public void Note(string userId)
    {
        if (!_pending.ContainsKey(userId))
            _pending.Add(userId, new(now(userId)));
    }

    /// <summary>As <see cref="PendingChange.StaysSinceMs"/>, of a user who enters now.</summary>
    public long? StaysSinceMs(string userId) => _pending.GetValueOrDefault(userId)?.StaysSinceMs;

    /// <summary>To be called when a view is taken.</summary>
    public void Show()
    {
        foreach (var (userId, change) in _pending)
            change.Show(now(userId));
    }

    /// <summary>What is to be told, one after the other.</summary>
    public (PresenceDifference Passed, PresenceDifference Last) Take()
    {
        var (passed, last) = (new PresenceDifference(), new PresenceDifference());
        foreach (var (userId, change) in _pending)
            change.Tell(now(userId), passed, last);
        _pending.Clear();
        return (passed, last);
    }
}
