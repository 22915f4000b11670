using Orleans;
using Orleans.Runtime;

namespace WhatsSound.Embedded.Runtime;

/// <summary>Starts its subscribers stage by stage, those of one stage together, and stops the started ones in reverse.</summary>
internal sealed class StagedLifecycle : IGrainLifecycle, ISiloLifecycle
{
    private readonly List<Subscription> subscriptions = [];

    public int HighestCompletedStage { get; private set; } = int.MinValue;

    public int LowestStoppedStage { get; private set; } = int.MaxValue;

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var subscription = new Subscription(this, stage, observer);
        subscriptions.Add(subscription);
        return subscription;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (subscriptions.Count == 0) return;
        foreach (var stage in subscriptions.ToLookup(entry => entry.Stage).OrderBy(group => group.Key))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.WhenAll(stage.Select(entry => entry.StartAsync(cancellationToken)));
            HighestCompletedStage = stage.Key;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (subscriptions.Count == 0) return;
        foreach (var stage in subscriptions.Where(entry => entry.IsStarted).ToLookup(entry => entry.Stage).OrderByDescending(group => group.Key))
        {
            await Task.WhenAll(stage.Select(entry => entry.Observer.OnStop(cancellationToken)));
            LowestStoppedStage = stage.Key;
        }
    }

    private sealed class Subscription(StagedLifecycle lifecycle, int stage, ILifecycleObserver observer) : IDisposable
    {
        public int Stage => stage;

        public ILifecycleObserver Observer => observer;

        public bool IsStarted { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            IsStarted = true;
            return observer.OnStart(cancellationToken);
        }

        public void Dispose() => lifecycle.subscriptions.Remove(this);
    }
}
