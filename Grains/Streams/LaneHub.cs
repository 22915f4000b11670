using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Publications;
using WhatsSound.Streams;

namespace WhatsSound.Grains.Streams;

/// <summary>
/// The sending end of the <c>live</c> stream provider in one silo: which streams go to which gateways, and one <see cref="Lane"/> per gateway, whatever the
/// number of streams. To send is one enqueue per gateway. Bounded by the lanes; subscriptions are bounded by the grains, whose leases end them. It stops with the
/// silo, after the grains have gone and while messages can still be sent.
/// </summary>
internal sealed partial class LaneHub : ILaneSender, ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>What a publication weighs besides its data.</summary>
    private const int PublicationOverheadBytes = 128;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<StreamId, ImmutableArray<Lane>> _streams = new();
    private readonly Dictionary<Guid, Lane> _lanes = [];
    private readonly HashSet<Lane> _ending = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly ILogger _logger;

    public LaneHub(IOptions<LaneOptions> options, TimeProvider time, LaneInstruments instruments, ILogger<LaneHub> logger)
    {
        Options = options.Value;
        Time = time;
        Instruments = instruments;
        Stopping = _stopping.Token;
        _logger = logger;
    }

    public LaneOptions Options { get; }

    public TimeProvider Time { get; }

    public LaneInstruments Instruments { get; }

    /// <summary>Cancelled when the lanes have stopped.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>From now on the stream's frames go to this gateway.</summary>
    /// <exception cref="LanesFullException">There are as many gateways as the silo takes.</exception>
    public void Attach(StreamId stream, LaneAttachment attachment)
    {
        if (!TryAttach(stream, attachment))
            throw new LanesFullException($"This silo sends to {Options.LanesMax} gateways, and takes no more.");
    }

    /// <summary>As <see cref="Attach"/>; false, where there are as many gateways as the silo takes.</summary>
    public bool TryAttach(StreamId stream, LaneAttachment attachment)
    {
        lock (_gate)
        {
            if (LaneTo(attachment) is not { } lane)
                return false;
            var lanes = LanesOf(stream);
            if (lanes.Contains(lane))
                return true;
            _streams[stream] = lanes.Add(lane);
            lane.StreamCount++;
            return true;
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

    /// <summary>Where the stream's frames go.</summary>
    public ImmutableArray<LaneAttachment> AttachmentsOf(StreamId stream) => [.. LanesOf(stream).Select(lane => lane.Attachment)];

    /// <summary>The lane by which the stream's frames go to this gateway; null: by none.</summary>
    public Lane? LaneOf(StreamId stream, Guid gatewayId) => LanesOf(stream).FirstOrDefault(lane => lane.GatewayId == gatewayId);

    /// <summary>Counts the renewals again that stand at a lane.</summary>
    public LaneRenewalAnswer Renew(LaneRenewal renewal, long nowMs)
    {
        Lane? lane;
        lock (_gate)
            lane = _lanes.GetValueOrDefault(renewal.GatewayId);
        return lane?.Id == renewal.LaneId ? lane.Standing.Renew(renewal, nowMs) : new() { IsKnown = false };
    }

    /// <inheritdoc/>
    public void Send(StreamId stream, ChannelFrame frame)
    {
        if (!_streams.TryGetValue(stream, out var lanes))
            return;
        var bytes = 0;
        foreach (var publication in frame.Publications)
            bytes += publication.ContentBytes + PublicationOverheadBytes;
        foreach (var lane in lanes)
            lane.Enqueue(frame, bytes);
    }

    // Grains go at the stage GrainDeactivation, above this, and silos refuse each other's messages from RuntimeServices on, below it.
    void ILifecycleParticipant<ISiloLifecycle>.Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(LaneHub), ServiceLifecycleStage.ApplicationServices, static _ => Task.CompletedTask, StopAsync);

    /// <summary>Waits until what is queued is sent, at most <see cref="LaneOptions.StopTimeout"/>; then nothing is sent any more.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task[] pumping;
        lock (_gate)
            pumping = [.. _lanes.Values.Concat(_ending).Select(lane => lane.Pumping)];
        await Task.WhenAll(pumping).WaitAsync(Options.StopTimeout, Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Dispose();
    }

    /// <summary>Also called by the container, under each of the hub's names.</summary>
    public void Dispose()
    {
        if (Stopping.IsCancellationRequested)
            return;
        lock (_gate)
        {
            foreach (var lane in _lanes.Values.Concat(_ending))
                lane.Close();
            _lanes.Clear();
            _ending.Clear();
            _streams.Clear();
        }

        _stopping.Cancel();
        _stopping.Dispose();
    }

    /// <summary>Runs a lane's pump. It inherits nothing of the turn that starts it, since it goes on to carry other channels' frames.</summary>
    public Task Start(Func<Task> pump)
    {
        using (ExecutionContext.SuppressFlow())
            return Task.Factory.StartNew(pump, Stopping, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
    }

    /// <summary>The lane's gateway does not answer: it gets nothing until it attaches again.</summary>
    public void GiveUp(Lane lane)
    {
        lock (_gate)
            Drop(lane);
        if (!Stopping.IsCancellationRequested)
            LogGivenUp(lane.GatewayId);
    }

    /// <summary>A lane that was to end has sent what it had.</summary>
    public void Ended(Lane lane)
    {
        lock (_gate)
            _ending.Remove(lane);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Batch {Sequence} to gateway {GatewayId} was not answered; its channels will be recovered.")]
    public partial void LogBatchFailed(Exception exception, Guid gatewayId, long sequence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lane to gateway {GatewayId} overflowed: {Frames} frames dropped; their channels will be recovered.")]
    public partial void LogOverflow(Guid gatewayId, int frames);

    private ImmutableArray<Lane> LanesOf(StreamId stream) => _streams.TryGetValue(stream, out var lanes) ? lanes : [];

    /// <summary>The gateway's lane; null, where it has none and there are as many as the silo takes.</summary>
    private Lane? LaneTo(LaneAttachment attachment)
    {
        if (_lanes.TryGetValue(attachment.GatewayId, out var known))
        {
            if (known.IsTo(attachment.Receiver))
                return known;
            Drop(known);
        }

        if (_lanes.Count >= Options.LanesMax)
            return null;
        var lane = new Lane(attachment, Guid.NewGuid(), this);
        _lanes.Add(lane.GatewayId, lane);
        return lane;
    }

    private void Drop(Lane lane)
    {
        foreach (var stream in _streams.Keys)
            Remove(stream, other => ReferenceEquals(other, lane));
        lane.Close();
        Forget(lane);
        _ending.Remove(lane);
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
                End(lane);
        }
    }

    /// <summary>Nothing uses the lane any more: what is queued still goes out, as the last frame of a channel that moves.</summary>
    private void End(Lane lane)
    {
        Forget(lane);
        if (!lane.TryEnd())
            _ending.Add(lane);
    }

    private void Forget(Lane lane)
    {
        if (_lanes.TryGetValue(lane.GatewayId, out var current) && ReferenceEquals(current, lane))
            _lanes.Remove(lane.GatewayId);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Gateway {GatewayId} is given up until it attaches again.")]
    private partial void LogGivenUp(Guid gatewayId);
}
