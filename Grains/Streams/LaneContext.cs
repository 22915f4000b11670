using Microsoft.Extensions.Logging;

namespace WhatsSound.Grains.Streams;

/// <summary>
/// What all lanes of a silo share. A lane's pump runs on the silo's scheduler, outside of any grain's turns: it waits for gateways, and a grain must not. It
/// inherits nothing of the turn that started it, since it goes on to carry other channels' frames.
/// </summary>
internal sealed partial class LaneContext : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskScheduler _scheduler;
    private readonly ILogger _logger;
    private readonly Action<Lane> _giveUp;

    public LaneContext(
        LaneOptions options, TimeProvider time, TaskScheduler scheduler, LaneInstruments instruments, ILogger logger, Action<Lane> giveUp)
    {
        Options = options;
        Time = time;
        Instruments = instruments;
        Stopping = _stopping.Token;
        _scheduler = scheduler;
        _logger = logger;
        _giveUp = giveUp;
    }

    public LaneOptions Options { get; }

    public TimeProvider Time { get; }

    public LaneInstruments Instruments { get; }

    /// <summary>Cancelled when the silo stops.</summary>
    public CancellationToken Stopping { get; }

    public void Start(Lane lane)
    {
        using (ExecutionContext.SuppressFlow())
            _ = Task.Factory.StartNew(static state => ((Lane)state!).PumpAsync(), lane, Stopping, TaskCreationOptions.DenyChildAttach, _scheduler);
    }

    public void GiveUp(Lane lane)
    {
        _giveUp(lane);
        if (!Stopping.IsCancellationRequested)
            LogGivenUp(lane.GatewayId);
    }

    /// <summary>The container disposes the hub under each of its names.</summary>
    public void Dispose()
    {
        if (Stopping.IsCancellationRequested)
            return;
        _stopping.Cancel();
        _stopping.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Batch {Sequence} to gateway {GatewayId} was not answered; its channels will be recovered.")]
    public partial void LogBatchFailed(Exception exception, Guid gatewayId, long sequence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lane to gateway {GatewayId} overflowed: {Frames} frames dropped; their channels will be recovered.")]
    public partial void LogOverflow(Guid gatewayId, int frames);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Gateway {GatewayId} is given up until it attaches again.")]
    private partial void LogGivenUp(Guid gatewayId);
}
