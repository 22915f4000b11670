using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orleans.Streams;
using WhatsSound.Channels;
using WhatsSound.Publications;
using WhatsSound.Streams;

namespace WhatsSound.Gateway.Delivery;

/// <summary>
/// The gateway's end of the <c>live</c> provider: attaches the lane at each channel, and hands the frames that come by it to their observers. The lanes of all
/// silos end here; by the batch numbers it sees when one has lost something. It waits for nothing.
/// </summary>
internal sealed class LaneSubscriber : ILaneSubscriber, ILaneReceiver, IDisposable
{
    /// <summary>Lanes remembered: one per silo run. At the bound all are forgotten, which costs a verification.</summary>
    private const int LanesMax = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, long> _lastSequences = [];
    private readonly ConcurrentDictionary<string, ImmutableList<Subscription>> _byChannel = new(StringComparer.Ordinal);
    private readonly IClusterClient _cluster;
    private readonly GatewayIdentity _gateway;

    private readonly ILogger _logger;

    // Orleans holds observers weakly: the container keeps this object alive.
    private readonly Lazy<ILaneReceiver> _reference;

    public LaneSubscriber(IClusterClient cluster, GatewayIdentity gateway, ILogger<LaneSubscriber> logger)
    {
        _cluster = cluster;
        _gateway = gateway;
        _logger = logger;
        _reference = new Lazy<ILaneReceiver>(() => cluster.CreateObjectReference<ILaneReceiver>(this));
    }

    public async Task SubscribeAsync(StreamId stream, Guid subscription, IAsyncObserver<ChannelFrame> observer)
    {
        var channel = stream.GetKeyAsString();
        var added = new Subscription(subscription, channel, observer);
        _byChannel.AddOrUpdate(channel, static (_, one) => [one], static (_, known, one) => known.Add(one), added);
        try
        {
            var lane = new LaneAttachment { GatewayId = _gateway.Id, Receiver = _reference.Value };
            await _cluster.GetChannel(channel).AttachLaneAsync(lane);
        }
        catch
        {
            TryRemove(channel, subscription);
            throw;
        }
    }

    public Task UnsubscribeAsync(StreamId stream, Guid subscription)
    {
        var channel = stream.GetKeyAsString();
        return TryRemove(channel, subscription) ? _cluster.GetChannel(channel).DetachLaneAsync(_gateway.Id) : Task.CompletedTask;
    }

    public Task DeliverAsync(LaneBatch batch)
    {
        if (!Continues(batch))
        {
            DeliveryLog.LaneSkipped(_logger, batch.LaneId, batch.Sequence);
            Skip(batch.LaneId);
        }

        foreach (var frame in batch.Frames)
            Dispatch(batch.LaneId, frame);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        if (_reference.IsValueCreated)
            _cluster.DeleteObjectReference<ILaneReceiver>(_reference.Value);
    }

    private bool Continues(LaneBatch batch)
    {
        lock (_gate)
        {
            if (_lastSequences.Count == LanesMax && !_lastSequences.ContainsKey(batch.LaneId))
                _lastSequences.Clear();
            var expected = _lastSequences.GetValueOrDefault(batch.LaneId) + 1;
            _lastSequences[batch.LaneId] = batch.Sequence;
            return batch.Sequence == expected;
        }
    }

    private void Dispatch(Guid lane, ChannelFrame frame)
    {
        if (!_byChannel.TryGetValue(frame.Channel, out var known))
            return;
        foreach (var subscription in known)
            _ = subscription.TakeAsync(lane, frame, _logger);
    }

    private void Skip(Guid lane)
    {
        foreach (var (_, known) in _byChannel)
        {
            foreach (var subscription in known)
                _ = subscription.SkipAsync(lane, _logger);
        }
    }

    /// <summary>Whether the subscription was the channel's last.</summary>
    private bool TryRemove(string channel, Guid subscription)
    {
        while (_byChannel.TryGetValue(channel, out var known))
        {
            var rest = known.RemoveAll(one => one.Id == subscription);
            if (rest.IsEmpty && _byChannel.TryRemove(KeyValuePair.Create(channel, known)))
                return true;
            if (!rest.IsEmpty && _byChannel.TryUpdate(channel, rest, known))
                break;
        }

        return false;
    }

    /// <summary>One observer of one channel's frames.</summary>
    private sealed class Subscription(Guid id, string channel, IAsyncObserver<ChannelFrame> observer)
    {
        private Guid _lane;

        public Guid Id => id;

        /// <summary>Does not throw. What an observer fails at is its own: the other frames of the batch are for others, and it is told that it may have missed one.</summary>
        // An observer of frames enqueues and is done (ILaneSubscriber): there is nothing to wait for.
        public async Task TakeAsync(Guid lane, ChannelFrame frame, ILogger logger)
        {
            _lane = lane;
            try
            {
                await observer.OnNextAsync(frame);
            }
            catch (Exception exception)
            {
                DeliveryLog.ObserverFailed(logger, exception, channel);
                await TellAsync(exception, logger);
            }
        }

        /// <summary>The lane lost batches. A subscription that has had no frame yet cannot know its lane. Does not throw.</summary>
        public Task SkipAsync(Guid lane, ILogger logger) => _lane == lane || _lane == Guid.Empty
            ? TellAsync(new IOException("The lane skipped a batch: frames may be missing."), logger)
            : Task.CompletedTask;

        private async Task TellAsync(Exception error, ILogger logger)
        {
            try
            {
                await observer.OnErrorAsync(error);
            }
            catch (Exception exception)
            {
                DeliveryLog.ObserverFailed(logger, exception, channel);
            }
        }
    }
}
