using Orleans.Streams;
using WhatsSound.Publications;

namespace WhatsSound.Streams;

/// <summary>A subscription to a <see cref="LiveStream"/>. It belongs to the process that made it and cannot be kept or resumed elsewhere.</summary>
internal sealed class LiveStreamSubscriptionHandle(LiveStream stream, Guid subscription) : StreamSubscriptionHandle<ChannelFrame>
{
    public override StreamId StreamId => stream.StreamId;

    public override string ProviderName => stream.ProviderName;

    public override Guid HandleId => subscription;

    public override Task UnsubscribeAsync() => stream.UnsubscribeAsync(subscription);

    public override Task<StreamSubscriptionHandle<ChannelFrame>> ResumeAsync(
        IAsyncObserver<ChannelFrame> observer, StreamSequenceToken? token = null) => throw NotResumable();

    public override Task<StreamSubscriptionHandle<ChannelFrame>> ResumeAsync(
        IAsyncBatchObserver<ChannelFrame> observer, StreamSequenceToken? token = null) => throw NotResumable();

    public override bool Equals(StreamSubscriptionHandle<ChannelFrame>? other) => other is not null && other.HandleId == subscription;

    public override bool Equals(object? obj) => Equals(obj as StreamSubscriptionHandle<ChannelFrame>);

    public override int GetHashCode() => subscription.GetHashCode();

    private static NotSupportedException NotResumable() =>
        new($"The '{LiveStreams.ProviderName}' stream provider does not resume: subscribe again, and recover by position.");
}
