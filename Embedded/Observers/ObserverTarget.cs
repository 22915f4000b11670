using Orleans;
using Orleans.Runtime;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Observers;

/// <summary>An observer object, held weakly; its calls run one at a time, in order.</summary>
internal sealed class ObserverTarget(Node node, GrainId id, IGrainObserver observer) : IRequestTarget
{
    private readonly WeakReference<IGrainObserver> observer = new(observer);
    private readonly Queue<Request> waiting = new();
    private bool isRunning;

    public GrainId Id => id;

    public object? Instance => observer.TryGetTarget(out var target) ? target : null;

    public TurnScheduler Turns { get; } = new(node.Cluster.Pump, id.ToString());

    public bool TryReceive(Request request)
    {
        if (Instance is null)
        {
            node.Observers.Remove(id);
            return false;
        }

        if (request.AlwaysInterleaves)
        {
            Turns.Start(static turn => _ = ((Turn)turn!).RunAsync(), new Turn(this, request));
            return true;
        }

        lock (waiting)
        {
            waiting.Enqueue(request);
            if (isRunning) return true;
            isRunning = true;
        }

        Turns.Start(static self => _ = ((ObserverTarget)self!).RunAllAsync(), this);
        return true;
    }

    public void OnFault(Exception exception)
    {
        // An observer keeps no state that an exception would make stale.
    }

    private async Task RunAllAsync()
    {
        while (TryTake(out var request)) await new Turn(this, request).RunAsync();
    }

    private bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Request? request)
    {
        lock (waiting) return isRunning = waiting.TryDequeue(out request);
    }

    private sealed class Turn(ObserverTarget target, Request request)
    {
        public Task RunAsync() => request.IsAbandoned || target.Instance is null ? Task.CompletedTask : request.RunAsync(target);
    }
}
