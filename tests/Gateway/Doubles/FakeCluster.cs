using System.Collections.Concurrent;
using WhatsSound.Channels;
using WhatsSound.Rooms;
using WhatsSound.Signatures;
using WhatsSound.Users;

namespace WhatsSound.Tests.Gateway.Doubles;

/// <summary>Gives out doubles of grains, and objects as their own references.</summary>
internal sealed class FakeCluster : IClusterClient
{
    private readonly ConcurrentDictionary<(Type, string), IGrainWithStringKey> _grains = [];

    public IServiceProvider ServiceProvider => throw new NotSupportedException();

    public FakeChannel Channel(string name) => (FakeChannel)this.GetChannel(name);

    public FakeRoom Room(string roomId) => (FakeRoom)GetGrain<IRoomGrain>(RoomId.KeyOf(roomId));

    public FakeUser User(string userId) => (FakeUser)GetGrain<IUserGrain>(UserId.KeyOf(userId));

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

    private static IGrainWithStringKey Make(Type grain, string key)
    {
        if (grain == typeof(IChannelGrain))
            return new FakeChannel(ChannelKey.NameIn(key));
        if (grain == typeof(IUserGrain))
            return new FakeUser();
        if (grain == typeof(ISignaturesGrain))
            return new FakeSignatures();
        return grain == typeof(IRoomGrain) ? new FakeRoom(RoomId.FromKey(key)) : throw new NotSupportedException($"There is no double of {grain.Name}.");
    }

    // The kinds of grain reference that the product does not use.
    TGrainInterface IGrainFactory.GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix) => throw new NotSupportedException();

    TGrainInterface IGrainFactory.GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix) => throw new NotSupportedException();

    TGrainInterface IGrainFactory.GetGrain<TGrainInterface>(Guid primaryKey, string keyExtension, string? grainClassNamePrefix) =>
        throw new NotSupportedException();

    TGrainInterface IGrainFactory.GetGrain<TGrainInterface>(long primaryKey, string keyExtension, string? grainClassNamePrefix) =>
        throw new NotSupportedException();

    IGrain IGrainFactory.GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) => throw new NotSupportedException();

    IGrain IGrainFactory.GetGrain(Type grainInterfaceType, long grainPrimaryKey) => throw new NotSupportedException();

    IGrain IGrainFactory.GetGrain(Type grainInterfaceType, Guid grainPrimaryKey, string keyExtension) => throw new NotSupportedException();

    IGrain IGrainFactory.GetGrain(Type grainInterfaceType, long grainPrimaryKey, string keyExtension) => throw new NotSupportedException();

    IAddressable IGrainFactory.GetGrain(GrainId grainId) => throw new NotSupportedException();

    IAddressable IGrainFactory.GetGrain(GrainId grainId, GrainInterfaceType interfaceType) => throw new NotSupportedException();

    IAddressable IGrainFactory.GetGrain(Type interfaceType, IdSpan grainKey, string grainClassNamePrefix) => throw new NotSupportedException();

    IAddressable IGrainFactory.GetGrain(Type interfaceType, IdSpan grainKey) => throw new NotSupportedException();
}
