using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace WhatsSound.Embedded.Streams;

internal sealed class MemoryStreamHandle<T>(string provider, StreamSubscription subscription) : StreamSubscriptionHandle<T>
{
    public StreamSubscription Subscription => subscription;

    public override StreamId StreamId => subscription.StreamId;

    public override string ProviderName => provider;

    public override Guid HandleId => subscription.Id;

    public MemoryStreamHandle<T> Attach(IAsyncObserver<T> observer)
    {
        subscription.Attach(async batch =>
        {
            for (var i = 0; i < batch.Items.Count; i++) await observer.OnNextAsync((T)batch.Items[i]!, TokenOf(batch, i));
            if (batch.Error is not null) await observer.OnErrorAsync(batch.Error);
            if (batch.IsCompleted) await observer.OnCompletedAsync();
        });
        return this;
    }

    public MemoryStreamHandle<T> Attach(IAsyncBatchObserver<T> observer)
    {
        subscription.Attach(async batch =>
        {
            if (batch.Items.Count > 0) await observer.OnNextAsync([.. batch.Items.Select((item, i) => new SequentialItem<T>((T)item!, TokenOf(batch, i)))]);
            if (batch.Error is not null) await observer.OnErrorAsync(batch.Error);
            if (batch.IsCompleted) await observer.OnCompletedAsync();
        });
        return this;
    }

    public override Task UnsubscribeAsync()
    {
        subscription.Detach();
        return Task.CompletedTask;
    }

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null)
        => Task.FromResult<StreamSubscriptionHandle<T>>(Attach(observer));

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token = null)
        => Task.FromResult<StreamSubscriptionHandle<T>>(Attach(observer));

    public override bool Equals(StreamSubscriptionHandle<T>? other) => other is not null && other.HandleId == HandleId;

    public override bool Equals(object? obj) => Equals(obj as StreamSubscriptionHandle<T>);

    public override int GetHashCode() => HandleId.GetHashCode();

    private static StreamSequenceToken TokenOf(StreamBatch batch, int index)
        => batch.Token is EventSequenceTokenV2 token ? new EventSequenceTokenV2(token.SequenceNumber, index) : batch.Token!;
}
