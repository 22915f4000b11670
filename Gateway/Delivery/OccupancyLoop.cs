using Microsoft.Extensions.Options;

namespace WhatsSound.Gateway.Delivery;

/// <summary>Reports, in rounds, how many sessions are attached to the channels in which that has changed: a crowd that comes to a channel is one report.</summary>
internal sealed class OccupancyLoop(FeedRegistry feeds, IOptions<DeliveryOptions> options, TimeProvider time, ILogger<OccupancyLoop> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(options.Value.OccupancyInterval, time, ReportAsync, logger, stoppingToken);

    internal Task ReportAsync(CancellationToken cancellationToken) =>
        BoundedCalls.ForEachAsync(feeds.ToReport, static occupancy => occupancy.ReportAsync(), options.Value, time, cancellationToken);
}
