using System.Collections.Immutable;
using WhatsSound.Presence;

namespace WhatsSound.Grains.Presence;

/// <summary>Who is told of a channel's membership. Bounded; at the bound the one that has not asked for longest goes, and reads presence again when it does.</summary>
internal sealed class PresenceWatchers
{
    /// <summary>A room's channel has one watcher, its room.</summary>
    public const int CountMax = 16;

    private readonly List<IPresenceWatcher> _watchers = [];

    public ImmutableArray<IPresenceWatcher> All => [.. _watchers];

    public void Add(IPresenceWatcher watcher)
    {
        _watchers.Remove(watcher);
        if (_watchers.Count == CountMax)
            _watchers.RemoveAt(0);
        _watchers.Add(watcher);
    }

    /// <summary>Done once the calls are on their way: they are one-way.</summary>
    public async Task TellAsync(PresenceDelta delta)
    {
        foreach (var watcher in _watchers)
            await watcher.OnPresenceChangedAsync(delta);
    }
}
