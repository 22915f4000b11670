using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using WhatsSound.Embedded.Calls;
using WhatsSound.Embedded.Observers;

namespace WhatsSound.Embedded.Runtime;

/// <summary>A silo or a client: something that sends calls, has observers, and can die as a whole.</summary>
internal abstract class Node
{
    protected Node(ClusterRuntime cluster, IServiceProvider services, string name, TimeSpan responseTimeout)
    {
        Cluster = cluster;
        Services = services;
        Name = name;
        ResponseTimeout = responseTimeout;
        Log = new(services.GetRequiredService<ILoggerFactory>().CreateLogger<EmbeddedLog>());
        MessagingTime = TimeFor(TimeProviderNames.Messaging);
        References = new(this);
        Observers = new(this);
        Pending = new(this);
        Background = new(cluster.Pump, $"{name}/background");
    }

    public ClusterRuntime Cluster { get; }

    public IServiceProvider Services { get; }

    public string Name { get; }

    public TimeSpan ResponseTimeout { get; }

    public TimeProvider MessagingTime { get; }

    public References References { get; }

    public ObserverTargets Observers { get; }

    public EmbeddedLog Log { get; }

    /// <summary>For work of the node itself, outside of any activation.</summary>
    public TurnScheduler Background { get; }

    public bool IsDead { get; private set; }

    private PendingCalls Pending { get; }

    public void Send(Call call)
    {
        EmbeddedMetrics.Called();
        if (IsDead)
        {
            call.Fail(new SiloUnavailableException($"{Name} has stopped."));
            return;
        }

        if (!call.Method.IsOneWay) Pending.Add(call);
        call.ObserveCancellation();
        Cluster.Network.Send(call);
    }

    public override string ToString() => Name;

    /// <summary>The clock of one area: the one registered under the area's name, or the usual one.</summary>
    public TimeProvider TimeFor(string area)
        => Services.GetKeyedService<TimeProvider>(area) ?? Services.GetService<TimeProvider>() ?? TimeProvider.System;

    protected void Die()
    {
        IsDead = true;
        Background.Stop();
        Observers.Die();
        Pending.FailAll(new SiloUnavailableException($"{Name} has stopped."));
    }
}
