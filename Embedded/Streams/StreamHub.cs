using System.Collections.Concurrent;
using Orleans.Runtime;

namespace WhatsSound.Embedded.Streams;

/// <summary>The subscriptions of one stream provider, over all silos and clients.</summary>
internal sealed class StreamHub
{
    private readonly ConcurrentDictionary<StreamId, List<StreamSubscription>> subscriptions = new();
    private long sequence;

    public long NextSequence() => Interlocked.Increment(ref sequence);

    public StreamSubscription[] Of(StreamId stream)
    {
        if (!subscriptions.TryGetValue(stream, out var known)) return [];
        lock (known) return [.. known];
    }

    public void Add(StreamSubscription subscription)
    {
        var known = subscriptions.GetOrAdd(subscription.StreamId, static _ => []);
        lock (known) known.Add(subscription);
    }

    public void Remove(StreamSubscription subscription)
    {
        if (!subscriptions.TryGetValue(subscription.StreamId, out var known)) return;
        lock (known) known.Remove(subscription);
    }
}
