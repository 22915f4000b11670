using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;
using WhatsSound.Embedded.Calls;

namespace WhatsSound.Embedded.Runtime;

/// <summary>Makes the references of one node.</summary>
internal sealed class References(Node node) : IGrainFactory
{
    private readonly ConcurrentDictionary<GrainType, GrainReferenceShared> byType = new();
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainReferenceShared> byInterface = new();

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
        => (TGrainInterface)Get(typeof(TGrainInterface), primaryKey, grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => (IGrain)Get(grainInterfaceType, grainPrimaryKey, null);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable
        => (TGrainInterface)Make(typeof(TGrainInterface), grainId);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is GrainReference) throw new ArgumentException("This is a reference already.", nameof(obj));
        if (obj is IGrainBase) throw new ArgumentException("A grain is its own observer: use AsReference.", nameof(obj));
        return (TGrainObserverInterface)Make(typeof(TGrainObserverInterface), node.Observers.Add(obj));
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not GrainReference reference) throw new ArgumentException("The reference is deleted, not the object.", nameof(obj));
        node.Observers.Remove(reference.GrainId);
    }

    public object Make(Type interfaceType, GrainId grainId) => ProxyType.MakerFor(interfaceType)(SharedFor(grainId.Type), grainId.Key);

    public GrainReference Plain(GrainId grainId) => new PlainReference(SharedFor(grainId.Type), grainId.Key);

    private object Get(Type interfaceType, string key, string? prefix)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        var shared = byInterface.GetOrAdd((interfaceType, prefix), wanted => SharedFor(GrainClasses.For(wanted.Interface, wanted.Prefix).GrainType));
        return ProxyType.MakerFor(interfaceType)(shared, IdSpan.Create(key));
    }

    private GrainReferenceShared SharedFor(GrainType type) => byType.GetOrAdd(type, static (type, node) => new(node, type), node);

    private sealed class PlainReference(GrainReferenceShared shared, IdSpan key) : GrainReference(shared, key);
}
