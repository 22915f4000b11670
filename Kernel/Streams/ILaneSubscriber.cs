using Orleans.Streams;
using WhatsSound.Publications;

namespace WhatsSound.Streams;

/// <summary>The consuming end of the <c>live</c> stream provider; the gateway registers it.</summary>
public interface ILaneSubscriber
{
    /// <summary>
    /// Done once the producer has attached this gateway's lane: every frame published from then on is handed to the observer, in order, or is seen to be
    /// missing by its offsets.
    /// </summary>
    /// <param name="stream">The stream, as <see cref="LiveStreams.StreamOf"/> makes it.</param>
    /// <param name="subscription">Made by the caller; names this subscription among others of the same stream.</param>
    /// <param name="observer">Called one frame at a time. It must not wait for sockets.</param>
    Task SubscribeAsync(StreamId stream, Guid subscription, IAsyncObserver<ChannelFrame> observer);

    /// <summary>No frame is handed to the subscription's observer any more. An unknown subscription is no error.</summary>
    Task UnsubscribeAsync(StreamId stream, Guid subscription);
}
