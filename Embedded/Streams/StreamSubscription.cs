using Orleans.Runtime;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Streams;

/// <summary>One subscription: its items go to its consumer one batch at a time, in order. An item whose consumer has no handler is lost.</summary>
internal sealed class StreamSubscription(StreamHub hub, Node node, Guid id, StreamId streamId, GrainId? consumer)
{
    private readonly Queue<StreamBatch> waiting = new();
    private bool isRunning;

    public Guid Id => id;

    public StreamId StreamId => streamId;

    /// <summary>The grain that subscribed; null if it was a client.</summary>
    public GrainId? Consumer => consumer;

    private StreamHandler? Handler { get; set; }

    public void Attach(Func<StreamBatch, Task> onBatch) => Handler = new(Activation.Current, onBatch);

    public void Detach()
    {
        Handler = null;
        hub.Remove(this);
    }

    public void Enqueue(StreamBatch batch)
    {
        lock (waiting)
        {
            waiting.Enqueue(batch);
            if (isRunning) return;
            isRunning = true;
        }

        node.Background.Start(static self => _ = ((StreamSubscription)self!).RunAsync(), this);
    }

    private async Task RunAsync()
    {
        while (TryTake(out var batch))
        {
            try
            {
                await DeliverAsync(batch!);
            }
            catch (Exception exception)
            {
                // The subscriber's own failure: the next item comes all the same.
                node.Log.DeliveryFailed(exception, streamId);
            }
        }
    }

    private bool TryTake(out StreamBatch? batch)
    {
        lock (waiting) return isRunning = waiting.TryDequeue(out batch);
    }

    private Task DeliverAsync(StreamBatch batch)
    {
        if (consumer is not { } grainId) return Handler?.OnBatch(batch) ?? Task.CompletedTask;
        var delivery = new StreamDelivery(grainId, node.Cluster.Pump, activation => Handler is { } handler && ReferenceEquals(handler.Activation, activation) ? handler.OnBatch(batch) : Task.CompletedTask);
        node.Cluster.Deliver(delivery);
        return delivery.Ended;
    }

    private sealed record StreamHandler(Activation? Activation, Func<StreamBatch, Task> OnBatch);
}
