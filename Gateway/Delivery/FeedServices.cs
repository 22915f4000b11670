using Microsoft.Extensions.Options;
using Orleans.Streams;
using WhatsSound.Channels;
using WhatsSound.Publications;
using WhatsSound.Streams;

namespace WhatsSound.Gateway.Delivery;

/// <summary>What all feeds of a gateway share.</summary>
internal sealed class FeedServices(
    IClusterClient cluster,
    [FromKeyedServices(LiveStreams.ProviderName)] IStreamProvider streams,
    GatewayIdentity gateway,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    GatewayMeters meters,
    ILogger<ChannelFeed> logger) : IDisposable
{
    public Guid GatewayId => gateway.Id;

    public DeliveryOptions Options => options.Value;

    public TimeProvider Time => time;

    /// <summary>Which connections are in which channels' presence.</summary>
    public PresenceLedger Presence { get; } = new(gateway.Id);

    public GatewayMeters Meters => meters;

    public ILogger Logger => logger;

    /// <summary>Bounds the repairs of all feeds together.</summary>
    public SemaphoreSlim RepairGate { get; } = new(options.Value.ParallelCallsMax);

    /// <summary>Whether the channel's answer about this gateway's lane means anything: another provider has no lanes.</summary>
    public bool HasLanes { get; } = streams is LiveStreamProvider;

    public IChannelGrain ChannelOf(string name) => cluster.GetChannel(name);

    public IAsyncStream<ChannelFrame> StreamOf(string channel) => streams.GetStream<ChannelFrame>(LiveStreams.StreamOf(channel));

    public void Dispose() => RepairGate.Dispose();
}
