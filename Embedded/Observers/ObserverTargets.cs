using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Observers;

/// <summary>The observers of one node.</summary>
internal sealed class ObserverTargets(Node node)
{
    private readonly ConcurrentDictionary<GrainId, ObserverTarget> targets = new();

    public GrainId Add(IGrainObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var target = new ObserverTarget(node, ObserverId.New(node.Name, node.Cluster.NewGuid()), observer);
        targets[target.Id] = target;
        node.Cluster.Directory.Add(target);
        return target.Id;
    }

    public void Remove(GrainId id)
    {
        targets.TryRemove(id, out _);
        node.Cluster.Directory.Remove(id);
    }

    public void Die()
    {
        foreach (var target in targets.Values)
        {
            Remove(target.Id);
            target.Turns.Stop();
        }
    }
}
