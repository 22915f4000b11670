using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orleans.Streams;
using WhatsSound.Channels;
using WhatsSound.Streams;

namespace WhatsSound.Gateway.Delivery;

/// <summary>
/// The gateway's end of the <c>live</c> provider: attaches the lane at each channel, and hands the frames that come by it to their observers. All lanes
/// end in one receiver object.
/// </summary>
internal sealed class LaneSubscriber : ILaneSubscriber, IDisposable
{
    private readonly ConcurrentDictionary<string, ImmutableList<LaneSubscription>> _byChannel = new(StringComparer.Ordinal);
    private readonly IClusterClient _cluster;
    private readonly GatewayIdentity _gateway;

    // Orleans holds observers weakly: this field keeps the receiver alive.
    private readonly LaneReceiver _receiver;
    private readonly Lazy<ILaneReceiver> _reference;

    public LaneSubscriber(IClusterClient cluster, GatewayIdentity gateway, ILogger<LaneReceiver> logger)
    {
        _cluster = cluster;
        _gateway = gateway;
        _receiver = new LaneReceiver(Dispatch, Skip, logger);
        _reference = new Lazy<ILaneReceiver>(() => cluster.CreateObjectReference<ILaneReceiver>(_receiver));
    }

    public async Task SubscribeAsync(StreamId stream, Guid subscription, IAsyncObserver<ChannelFrame> observer)
    {
        var channel = stream.GetKeyAsString();
        var added = new LaneSubscription(subscription, observer);
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

    public void Dispose()
    {
        if (_reference.IsValueCreated)
            _cluster.DeleteObjectReference<ILaneReceiver>(_reference.Value);
    }

    private void Dispatch(Guid lane, ChannelFrame frame)
    {
        if (!_byChannel.TryGetValue(frame.Channel, out var known))
            return;
        foreach (var subscription in known)
            subscription.Take(lane, frame);
    }

    private void Skip(Guid lane)
    {
        foreach (var (_, known) in _byChannel)
        {
            foreach (var subscription in known)
                subscription.Skip(lane);
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
}
