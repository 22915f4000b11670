using System.Collections.Concurrent;
using Orleans.Runtime;
using WhatsSound.Embedded.Observers;

namespace WhatsSound.Embedded.Runtime;

/// <summary>Where each grain and observer of the cluster is. A grain has one activation at most.</summary>
internal sealed class GrainDirectory(ClusterRuntime cluster)
{
    private readonly ConcurrentDictionary<GrainId, Activation> activations = new();
    private readonly ConcurrentDictionary<GrainId, ObserverTarget> observers = new();

    public Activation? Find(GrainId grainId) => activations.GetValueOrDefault(grainId);

    public Activation FindOrActivate(GrainId grainId)
    {
        if (activations.TryGetValue(grainId, out var known)) return known;
        var grainClass = GrainClasses.Get(grainId.Type);
        while (true)
        {
            var silo = cluster.Place() ?? throw new SiloUnavailableException("No silo of the cluster is active.");
            var made = new Activation(silo, grainClass, grainId);
            if (!silo.TryHold(made)) continue;
            var activation = activations.GetOrAdd(grainId, made);
            if (ReferenceEquals(activation, made)) made.Start();
            else made.Leave(null);
            return activation;
        }
    }

    public void Remove(Activation activation) => activations.TryRemove(new(activation.GrainId, activation));

    public void Add(ObserverTarget observer) => observers[observer.Id] = observer;

    public bool Remove(GrainId observerId) => observers.TryRemove(observerId, out _);

    /// <summary>An observer that is gone never answers: as in Orleans, its caller waits for the response timeout.</summary>
    public void DeliverToObserver(Request request)
    {
        if (!observers.TryGetValue(request.Target, out var observer)) return;
        request.RunsOn = observer.Turns;
        observer.TryReceive(request);
    }
}
