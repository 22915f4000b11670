using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Grains.Ids;
using WhatsSound.Streams;

namespace WhatsSound.Grains.Streams;

/// <summary>
/// The sending end of the <c>live</c> stream provider in one silo: which streams go to which gateways, and one <see cref="Lane"/> per gateway, whatever the
/// number of streams. To send is one enqueue per gateway. Bounded by the lanes; subscriptions are bounded by the grains, whose leases end them.
/// </summary>
internal sealed class LaneHub : ILaneSender, IDisposable
{
    /// <summary>What a publication weighs besides its data.</summary>
    private const int PublicationOverheadBytes = 128;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<StreamId, ImmutableArray<Lane>> _streams = new();
    private readonly Dictionary<Guid, Lane> _lanes = [];
    private readonly LaneContext _context;
    private readonly IIdSource _ids;

    public LaneHub(
        IOptions<LaneOptions> options, TimeProvider time, LaneScheduler scheduler, IIdSource ids, LaneInstruments instruments, ILogger<LaneHub> logger)
    {
        _ids = ids;
        _context = new(options.Value, time, scheduler.Value, instruments, logger, GiveUp);
    }

    /// <summary>From now on the stream's frames go to this gateway.</summary>
    /// <exception cref="InvalidOperationException">There are as many gateways as the silo takes.</exception>
    public void Attach(StreamId stream, LaneAttachment attachment)
    {
        lock (_gate)
        {
            var lane = LaneTo(attachment);
            var lanes = LanesOf(stream);
            if (lanes.Contains(lane))
                return;
            _streams[stream] = lanes.Add(lane);
            lane.StreamCount++;
        }
    }

    /// <summary>The stream's frames no longer go to this gateway.</summary>
    public void Detach(StreamId stream, Guid gatewayId)
    {
        lock (_gate)
            Remove(stream, lane => lane.GatewayId == gatewayId);
    }

    /// <summary>The stream's frames go nowhere any more: its producer leaves this silo.</summary>
    public void DetachAll(StreamId stream)
    {
        lock (_gate)
            Remove(stream, _ => true);
    }

    /// <summary>Whether the stream's frames go to this gateway.</summary>
    public bool IsAttached(StreamId stream, Guid gatewayId) => LanesOf(stream).Any(lane => lane.GatewayId == gatewayId);

    /// <inheritdoc/>
    public void Send(StreamId stream, ChannelFrame frame)
    {
        if (!_streams.TryGetValue(stream, out var lanes))
            return;
        var bytes = 0;
        foreach (var publication in frame.Publications)
            bytes += publication.Data.Length + PublicationOverheadBytes;
        foreach (var lane in lanes)
            lane.Enqueue(frame, bytes);
    }

    /// <summary>Stops all lanes with the silo.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var lane in _lanes.Values)
                lane.Close();
            _lanes.Clear();
            _streams.Clear();
        }

        _context.Dispose();
    }

    private ImmutableArray<Lane> LanesOf(StreamId stream) => _streams.TryGetValue(stream, out var lanes) ? lanes : [];

    private Lane LaneTo(LaneAttachment attachment)
    {
        if (_lanes.TryGetValue(attachment.GatewayId, out var known))
        {
            if (known.IsTo(attachment.Receiver))
                return known;
            Drop(known);
        }

        if (_lanes.Count >= _context.Options.LanesMax)
            throw new InvalidOperationException($"This silo sends to {_lanes.Count} gateways, and takes no more.");
        var lane = new Lane(attachment.GatewayId, attachment.Receiver, _ids.NewId(), _context);
        _lanes.Add(lane.GatewayId, lane);
        return lane;
    }

    private void GiveUp(Lane lane)
    {
        lock (_gate)
            Drop(lane);
    }

    private void Drop(Lane lane)
    {
        foreach (var stream in _streams.Keys)
            Remove(stream, other => ReferenceEquals(other, lane));
        Close(lane);
    }

    private void Remove(StreamId stream, Predicate<Lane> isGone)
    {
        var lanes = LanesOf(stream);
        var kept = lanes.RemoveAll(isGone);
        if (kept.Length == lanes.Length)
            return;
        if (kept.IsEmpty)
            _streams.TryRemove(stream, out _);
        else
            _streams[stream] = kept;
        foreach (var lane in lanes.Except(kept))
        {
            if (--lane.StreamCount == 0)
                Close(lane);
        }
    }

    private void Close(Lane lane)
    {
        lane.Close();
        if (_lanes.TryGetValue(lane.GatewayId, out var current) && ReferenceEquals(current, lane))
            _lanes.Remove(lane.GatewayId);
    }
}
