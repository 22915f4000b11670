using Orleans.Streams;
using WhatsSound.Channels;

namespace WhatsSound.Gateway.Delivery;

/// <summary>One observer of one channel's frames.</summary>
internal sealed class LaneSubscription(Guid id, IAsyncObserver<ChannelFrame> observer)
{
    private Guid _lane;

    public Guid Id => id;

    // An observer of frames enqueues and is done (ILaneSubscriber): there is nothing to wait for.
    public void Take(Guid lane, ChannelFrame frame)
    {
        _lane = lane;
        _ = observer.OnNextAsync(frame);
    }

    /// <summary>The lane lost batches. A subscription that has had no frame yet cannot know its lane.</summary>
    public void Skip(Guid lane)
    {
        if (_lane == lane || _lane == Guid.Empty)
            _ = observer.OnErrorAsync(new LaneSkippedException());
    }
}
