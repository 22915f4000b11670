using Orleans.Streams;
using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Streams;

/// <summary>
/// The <c>live</c> stream provider: it pushes, keeps nothing, and may lose; the offsets of its frames make a loss visible. It carries
/// <see cref="ChannelFrame"/> only. A silo has the sender, a gateway the subscriber, and a process that is both has both.
/// </summary>
/// <param name="sender">Null where nothing is published.</param>
/// <param name="subscriber">Null where nothing is subscribed.</param>
public sealed class LiveStreamProvider(ILaneSender? sender, ILaneSubscriber? subscriber) : IStreamProvider
{
    /// <inheritdoc/>
    public string Name => LiveStreams.ProviderName;

    /// <summary>False: a gap is read from the channel (<see cref="IChannelGrain.RecoverAsync"/>), never from the stream.</summary>
    public bool IsRewindable => false;

    /// <summary>The stream of the id.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is not <see cref="ChannelFrame"/>.</exception>
    public IAsyncStream<T> GetStream<T>(StreamId streamId) =>
        new LiveStream(streamId, sender, subscriber) as IAsyncStream<T>
        ?? throw new NotSupportedException($"The '{Name}' stream provider carries {nameof(ChannelFrame)}, not {typeof(T).Name}.");
}
