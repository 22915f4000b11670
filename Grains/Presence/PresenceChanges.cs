using System.Collections.Immutable;
using WhatsSound.Presence;

namespace WhatsSound.Grains.Presence;

/// <summary>
/// The changes since the last tick, by user. What counts is how a user was then and is now: one who comes and goes within a tick is not told of. Receivers
/// hold sets, so to tell again of a member who is here is harmless. Bounded by the members, as only they can change.
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

    /// <summary>To be called when a view is taken.</summary>
    public void Show()
    {
        foreach (var (userId, change) in _pending)
            change.Show(now(userId));
    }

    public (ImmutableArray<PresenceMember> Joined, ImmutableArray<string> Left, ImmutableArray<PresenceMember> Updated) Take()
    {
        var joined = ImmutableArray.CreateBuilder<PresenceMember>();
        var left = ImmutableArray.CreateBuilder<string>();
        var updated = ImmutableArray.CreateBuilder<PresenceMember>();
        foreach (var (userId, change) in _pending)
        {
            var member = now(userId);
            if (change.IsLeft(member))
                left.Add(userId);
            else if (change.IsJoined(member))
                joined.Add(member!);
            else if (change.IsUpdated(member))
                updated.Add(member!);
        }

        _pending.Clear();
        return (joined.DrainToImmutable(), left.DrainToImmutable(), updated.DrainToImmutable());
    }
}
