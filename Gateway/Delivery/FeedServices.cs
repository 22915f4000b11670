using Microsoft.Extensions.Options;
using Orleans.Streams;
using WhatsSound.Channels;
using WhatsSound.Publications;
using WhatsSound.Streams;

namespace WhatsSound.Gateway.Delivery;

/// <summary>What all feeds of a gateway share.</summary>
internal sealed class FeedServices : IDisposable
{
    private readonly IClusterClient _cluster;
    private readonly IStreamProvider _streams;
    private readonly GatewayIdentity _gateway;
    private long _numbersGiven;

    public FeedServices(
        IClusterClient cluster,
        [FromKeyedServices(LiveStreams.ProviderName)] IStreamProvider streams,
        GatewayIdentity gateway,
        IOptions<DeliveryOptions> options,
        TimeProvider time,
        GatewayMeters meters,
        ILogger<ChannelFeed> logger)
    {
        _cluster = cluster;
        _streams = streams;
        _gateway = gateway;
        Options = options.Value;
        Time = time;
        Meters = meters;
        Logger = logger;
        Standing = new(gateway.Id);
        Pace = new(options.Value.RenewInterval, time);
        Presence = new(gateway.Id) { Changing = Standing.End };
        RepairGate = new(options.Value.ParallelCallsMax);
        HasLanes = streams is LiveStreamProvider;
    }

    public Guid GatewayId => _gateway.Id;

    public DeliveryOptions Options { get; }

    public TimeProvider Time { get; }

    /// <summary>Which connections are in which channels' presence.</summary>
    public PresenceLedger Presence { get; }

    /// <summary>Who is out of which rooms.</summary>
    public Dismissals Dismissals { get; } = new();

    /// <summary>Which channels are renewed with their lanes.</summary>
    public StandingLeases Standing { get; }

    /// <summary>Of which channels the number of sessions may be another than was reported.</summary>
    public Marked<FeedOccupancy> Occupancies { get; } = new();

    /// <summary>Which feeds may have no session.</summary>
    public Marked<ChannelFeed> Empty { get; } = new();

    /// <summary>When renewals come; a failed one is made again soon.</summary>
    public RenewalPace Pace { get; }

    public GatewayMeters Meters { get; }

    public ILogger Logger { get; }

    /// <summary>Bounds the repairs of all feeds together.</summary>
    public SemaphoreSlim RepairGate { get; }

    /// <summary>Whether the channel's answer about this gateway's lane means anything: another provider has no lanes.</summary>
    public bool HasLanes { get; }

    /// <summary>A number that is higher than all that were given before.</summary>
    public long NextNumber() => Interlocked.Increment(ref _numbersGiven);

    public IChannelGrain ChannelOf(string name) => _cluster.GetChannel(name);

    public ILanesGrain LanesOf(string silo) => _cluster.GetGrain<ILanesGrain>(ILanesGrain.KeyOf(silo));

    public IAsyncStream<ChannelFrame> StreamOf(string channel) => _streams.GetStream<ChannelFrame>(LiveStreams.StreamOf(channel));

    public void Dispose() => RepairGate.Dispose();
}
