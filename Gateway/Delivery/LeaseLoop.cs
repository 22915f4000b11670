using Microsoft.Extensions.Options;

namespace WhatsSound.Gateway.Delivery;

/// <summary>
/// Renews, in rounds, what this gateway holds in channels, and closes feeds that nobody uses. A channel that does not answer holds up neither
/// the others nor the next round.
/// </summary>
internal sealed class LeaseLoop(
    FeedRegistry feeds, IOptions<DeliveryOptions> options, TimeProvider time, ILogger<LeaseLoop> logger) : BackgroundService
{
    /// <summary>
    /// A renewal that takes longer than this part of the interval goes on by itself and gives its place to the next: calls that are answered take milliseconds.
    /// </summary>
    private const int PlacesPerInterval = 10;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(options.Value.RenewInterval, time, RenewFeedsAsync, logger, stoppingToken);

    /// <summary>
    /// One round over all feeds but those whose renewal is still under way. Those that failed come last, the longest ago first, and only as far as the interval
    /// goes: so many that do not answer take nothing from those that do.
    /// </summary>
    internal Task RenewFeedsAsync(CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        _ = feeds.CloseIdleAsync();
        return Parallel.ForEachAsync(
            feeds.All
                .Where(static feed => !feed.Lease.IsRenewing)
                .OrderBy(static feed => feed.Lease.FailedRenewalAt)
                .TakeWhile(_ => time.GetElapsedTime(startedAt) < options.Value.RenewInterval),
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.ParallelCallsMax, CancellationToken = cancellationToken },
            RenewInTurnAsync);
    }

    private async ValueTask RenewInTurnAsync(ChannelFeed feed, CancellationToken cancellationToken) =>
        await feed.Lease.RenewAsync()
            .WaitAsync(options.Value.RenewInterval / PlacesPerInterval, time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
