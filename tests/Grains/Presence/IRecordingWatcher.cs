using System.Collections.Immutable;
using WhatsSound.Presence;

namespace WhatsSound.Tests.Grains.Presence;

/// <summary>A watcher that keeps what it is told.</summary>
[Alias("ws.test.IRecordingWatcher"), GrainInterfaceType("ws.test.IRecordingWatcher")]
public interface IRecordingWatcher : IPresenceWatcher
{
    [Alias("Watch")]
    Task<PresenceRoster> WatchAsync(string channel, long knownVersion);

    [Alias("ReadTold")]
    Task<ImmutableArray<PresenceDelta>> ReadToldAsync();
}
