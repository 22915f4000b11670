using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Streams;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Streams;

/// <summary>Streams in memory: an item goes to those who are subscribed when it is published, in order, and is not kept.</summary>
internal sealed class MemoryStreamProvider(string name, StreamHub hub, Node node) : IStreamProvider
{
    public string Name => name;

    public bool IsRewindable => false;

    public static MemoryStreamProvider Create(IServiceProvider services, string name)
    {
        var node = services.GetRequiredService<Node>();
        return new(name, node.Cluster.Shared(name, static () => new StreamHub()), node);
    }

    public IAsyncStream<T> GetStream<T>(StreamId streamId) => new MemoryStream<T>(name, hub, node, streamId);
}
