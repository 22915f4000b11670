namespace WhatsSound.Presence;

/// <summary>A grain that a channel tells of its membership.</summary>
[Alias("ws.IPresenceWatcher"), GrainInterfaceType("ws.IPresenceWatcher")]
public interface IPresenceWatcher : IGrainWithStringKey
{
    /// <summary>
    /// Who came and went, per tick. One-way, so that watcher and channel never wait for each other: it may be lost, and a watcher that misses a version
    /// reads presence again.
    /// </summary>
    [Alias("OnPresenceChanged"), OneWay]
    Task OnPresenceChangedAsync(PresenceDelta delta);
}
