using Orleans.Streams;
using WhatsSound.Publications;

namespace WhatsSound.Streams;

/// <summary>One stream of the <c>live</c> provider. Two are equal when their ids are.</summary>
internal sealed class LiveStream(StreamId streamId, ILaneSender? sender, ILaneSubscriber? subscriber) : IAsyncStream<ChannelFrame>
{
    private static int s_subscriptions;

    public bool IsRewindable => false;

    public string ProviderName => LiveStreams.ProviderName;

    public StreamId StreamId => streamId;

    /// <summary>Enqueues only, so it is done when it returns.</summary>
    public Task OnNextAsync(ChannelFrame item, StreamSequenceToken? token = null)
    {
        Sender.Send(streamId, item);
        return Task.CompletedTask;
    }

    public Task OnNextBatchAsync(IEnumerable<ChannelFrame> batch, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        foreach (var frame in batch)
            Sender.Send(streamId, frame);
        return Task.CompletedTask;
    }

    public Task OnCompletedAsync() => throw NotSupported("a channel has no end");

    public Task OnErrorAsync(Exception ex) => throw NotSupported("a channel refuses at its own door");

    public Task<StreamSubscriptionHandle<ChannelFrame>> SubscribeAsync(IAsyncObserver<ChannelFrame> observer) => SubscribeAsync(observer, token: null);

    public async Task<StreamSubscriptionHandle<ChannelFrame>> SubscribeAsync(
        IAsyncObserver<ChannelFrame> observer, StreamSequenceToken? token, string? filterData = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        if (token is not null || filterData is not null)
            throw NotSupported("it neither rewinds nor filters");

        // Only this process uses the id, so a count is enough and repeats from run to run.
        var subscription = new Guid(Interlocked.Increment(ref s_subscriptions), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        await Subscriber.SubscribeAsync(streamId, subscription, observer);
        return new LiveStreamSubscriptionHandle(this, subscription);
    }

    public Task<StreamSubscriptionHandle<ChannelFrame>> SubscribeAsync(IAsyncBatchObserver<ChannelFrame> observer) => throw NotBatched();

    public Task<StreamSubscriptionHandle<ChannelFrame>> SubscribeAsync(IAsyncBatchObserver<ChannelFrame> observer, StreamSequenceToken? token) =>
        throw NotBatched();

    public Task<IList<StreamSubscriptionHandle<ChannelFrame>>> GetAllSubscriptionHandles() =>
        throw NotSupported("subscriptions live where the producer is, and end with their lease");

    public Task UnsubscribeAsync(Guid subscription) => Subscriber.UnsubscribeAsync(streamId, subscription);

    public bool Equals(IAsyncStream<ChannelFrame>? other) => other is LiveStream live && live.StreamId.Equals(streamId);

    public int CompareTo(IAsyncStream<ChannelFrame>? other) => other is null ? 1 : streamId.CompareTo(other.StreamId);

    public override bool Equals(object? obj) => Equals(obj as IAsyncStream<ChannelFrame>);

    public override int GetHashCode() => streamId.GetHashCode();

    public override string ToString() => $"{ProviderName}/{streamId}";

    private ILaneSender Sender =>
        sender ?? throw new InvalidOperationException($"Nothing can be published to '{ProviderName}' here: this process is no silo.");

    private ILaneSubscriber Subscriber =>
        subscriber ?? throw new InvalidOperationException($"Nothing can be subscribed from '{ProviderName}' here: this process is no gateway.");

    private static NotSupportedException NotBatched() => NotSupported("frames are batched between silo and gateway, not for the observer");

    private static NotSupportedException NotSupported(string reason) => new($"The '{LiveStreams.ProviderName}' stream provider cannot do this: {reason}.");
}
