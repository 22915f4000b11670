using System.Collections.Concurrent;
using WhatsSound.Channels;

namespace WhatsSound.Tests.Gateway.Doubles;

/// <summary>Gives out doubles of grains, and objects as their own references.</summary>
internal sealed class FakeCluster : IClusterClient
{
    private readonly ConcurrentDictionary<(Type, string), IGrainWithStringKey> _grains = [];

    public IServiceProvider ServiceProvider => throw new NotSupportedException();

    public FakeChannel Channel(string name) => (FakeChannel)GetGrain<IChannelGrain>(name);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        (TGrainInterface)_grains.GetOrAdd((typeof(TGrainInterface), primaryKey), static (key, _) => Make(key.Item1, key.Item2), 0);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => (TGrainObserverInterface)obj;

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
    }

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => throw new NotSupportedException();

    private static FakeChannel Make(Type grain, string key) =>
        grain == typeof(IChannelGrain) ? new FakeChannel(key) : throw new NotSupportedException($"There is no double of {grain.Name}.");
}
