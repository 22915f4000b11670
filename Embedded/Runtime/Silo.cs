using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace WhatsSound.Embedded.Runtime;

/// <summary>A silo: holds activations, from joining the cluster until it leaves it or is killed.</summary>
internal sealed class Silo : Node, ILocalSiloDetails
{
    private readonly ConcurrentDictionary<Activation, bool> activations = new();
    private bool isClosed;
    private readonly ClusterOptions clusterOptions;
    private readonly GrainCollectionOptions collection;
    private readonly StagedLifecycle lifecycle = new();
    private ITimer? collector;

    public Silo(
        ClusterRuntime cluster,
        IServiceProvider services,
        IOptions<SiloOptions> siloOptions,
        IOptions<SiloMessagingOptions> messaging,
        IOptions<GrainCollectionOptions> collection,
        IOptions<ClusterOptions> clusterOptions)
        : base(cluster, services, siloOptions.Value.SiloName is { Length: > 0 } name ? name : cluster.NextName("silo"), messaging.Value.ResponseTimeout)
    {
        this.collection = collection.Value;
        this.clusterOptions = clusterOptions.Value;
        RequestsMax = messaging.Value.MaxEnqueuedRequestsHardLimit;
        SiloAddress = SiloAddress.New(IPAddress.Loopback, cluster.NextPort(), cluster.NextGeneration());
        GrainTime = TimeFor(TimeProviderNames.Grains);
        ManagementTime = TimeFor(TimeProviderNames.ActivationManagement);
    }

    public SiloAddress SiloAddress { get; }

    public string ClusterId => clusterOptions.ClusterId;

    public int RequestsMax { get; }

    public GrainCollectionOptions Collection => collection;

    public TimeProvider GrainTime { get; }

    public TimeProvider ManagementTime { get; }

    /// <summary>It takes new activations.</summary>
    public bool IsActive { get; private set; }

    public int ActivationCount => activations.Count;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var participant in Services.GetServices<ILifecycleParticipant<ISiloLifecycle>>()) participant.Participate(lifecycle);
        lifecycle.Subscribe(nameof(Silo), ServiceLifecycleStage.BecomeActive, _ => Join(), _ => LeaveAsync());
        await lifecycle.StartAsync(cancellationToken);
        Log.SiloStarted(Name);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await lifecycle.StopAsync(cancellationToken);
        Cluster.Remove(this);
        Die();
        Log.SiloStopped(Name);
    }

    public void Kill()
    {
        IsActive = false;
        collector?.Dispose();
        Cluster.Remove(this);
        lock (activations) isClosed = true;
        foreach (var activation in activations.Keys) activation.Turns.Stop();
        foreach (var activation in activations.Keys) activation.Kill();
        Die();
    }

    /// <summary>False once the silo has no place for activations any more.</summary>
    public bool TryHold(Activation activation)
    {
        lock (activations) return !isClosed && activations.TryAdd(activation, true);
    }

    public void Forget(Activation activation)
    {
        activations.TryRemove(activation, out _);
        Cluster.Directory.Remove(activation);
    }

    private Task Join()
    {
        Cluster.Add(this);
        IsActive = true;
        collector = ManagementTime.CreateTimer(_ => CollectIdle(), null, collection.CollectionQuantum, collection.CollectionQuantum);
        return Task.CompletedTask;
    }

    private async Task LeaveAsync()
    {
        IsActive = false;
        collector?.Dispose();
        // A grain may be activated while others leave: by a request that was on its way.
        while (!TryClose())
        {
            var leaving = activations.Keys;
            foreach (var activation in leaving) activation.Deactivate(new(DeactivationReasonCode.ShuttingDown, $"{Name} stops."));
            await Task.WhenAll(leaving.Select(activation => activation.Deactivated));
        }
    }

    private bool TryClose()
    {
        lock (activations) return isClosed = activations.IsEmpty;
    }

    private void CollectIdle()
    {
        foreach (var activation in activations.Keys)
        {
            if (activation.GrainClass.CollectionAge(collection) is { } age) activation.DeactivateIfIdleFor(age);
        }
    }
}
