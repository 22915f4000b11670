using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;
using WhatsSound.Embedded.Copying;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Streams;

internal sealed class MemoryStream<T>(string provider, StreamHub hub, Node node, StreamId streamId) : IAsyncStream<T>
{
    private readonly Copier? copier = Copiers.For(typeof(T));

    public bool IsRewindable => false;

    public string ProviderName => provider;

    public StreamId StreamId => streamId;

    public Task OnNextAsync(T item, StreamSequenceToken? token = null) => OnNextBatchAsync([item], token);

    public Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null)
    {
        var items = batch.ToArray();
        return Publish(() => new([.. items.Select(Copy)], token ?? new EventSequenceTokenV2(hub.NextSequence())));
    }

    public Task OnCompletedAsync() => Publish(static () => new([], null, IsCompleted: true));

    public Task OnErrorAsync(Exception ex) => Publish(() => new([], null, ex));

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer) => Subscribe(new MemoryStreamHandle<T>(provider, New()).Attach(observer));

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null)
    {
        ThrowIfRewound(token);
        return SubscribeAsync(observer);
    }

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer) => Subscribe(new MemoryStreamHandle<T>(provider, New()).Attach(observer));

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token)
    {
        ThrowIfRewound(token);
        return SubscribeAsync(observer);
    }

    /// <summary>Those of the grain that asks, or of clients if no grain does.</summary>
    public Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles()
    {
        var asking = Activation.Current?.GrainId;
        IList<StreamSubscriptionHandle<T>> handles =
            [.. hub.Of(streamId).Where(each => each.Consumer == asking).Select(each => new MemoryStreamHandle<T>(provider, each))];
        return Task.FromResult(handles);
    }

    public bool Equals(IAsyncStream<T>? other) => other is not null && other.ProviderName == provider && other.StreamId == streamId;

    public override bool Equals(object? obj) => Equals(obj as IAsyncStream<T>);

    public override int GetHashCode() => streamId.GetHashCode();

    public int CompareTo(IAsyncStream<T>? other) => other is null ? 1 : streamId.CompareTo(other.StreamId);

    private static void ThrowIfRewound(StreamSequenceToken? token)
    {
        if (token is not null) throw new ArgumentException("Memory streams are not kept, so a subscription cannot start in the past.", nameof(token));
    }

    private StreamSubscription New() => new(hub, node, node.Cluster.NewGuid(), streamId, Activation.Current?.GrainId);

    private Task<StreamSubscriptionHandle<T>> Subscribe(MemoryStreamHandle<T> handle)
    {
        hub.Add(handle.Subscription);
        return Task.FromResult<StreamSubscriptionHandle<T>>(handle);
    }

    private Task Publish(Func<StreamBatch> batch)
    {
        foreach (var subscription in hub.Of(streamId)) subscription.Enqueue(batch());
        return Task.CompletedTask;
    }

    private object? Copy(T item) => item is null || copier is null ? item : copier(item, new());
}
