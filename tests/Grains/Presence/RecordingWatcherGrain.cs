using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Presence;

namespace WhatsSound.Tests.Grains.Presence;

[GrainType("test-watcher")]
public sealed class RecordingWatcherGrain : Grain, IRecordingWatcher
{
    private readonly List<PresenceDelta> _told = [];

    public Task<PresenceRoster> WatchAsync(string channel, long knownVersion) =>
        GrainFactory.GetChannel(channel).WatchPresenceAsync(this.AsReference<IRecordingWatcher>(), knownVersion);

    public Task OnPresenceChangedAsync(PresenceDelta delta)
    {
        _told.Add(delta);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<PresenceDelta>> ReadToldAsync() => Task.FromResult<ImmutableArray<PresenceDelta>>([.. _told]);
}
