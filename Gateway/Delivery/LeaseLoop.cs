using Microsoft.Extensions.Options;

namespace WhatsSound.Gateway.Delivery;

/// <summary>
/// Renews, in rounds, what this gateway holds in channels, and closes feeds that nobody uses. A channel that does not answer holds up neither
/// the others nor the next round.
/// </summary>
internal sealed class LeaseLoop(
    FeedRegistry feeds, IOptions<DeliveryOptions> options, TimeProvider time, ILogger<LeaseLoop> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(
            feeds.Pace.NextAsync,
            (isWhole, token) => isWhole ? RenewFeedsAsync(token) : RenewAsync(feeds.All.Where(static feed => feed.Lease.IsDue), token),
            logger,
            stoppingToken);

    /// <summary>
    /// One round: over the lanes, and then over all feeds whose renewal does not stand at one, but those for which it is under way. Those that failed come last, the
    /// longest ago first, and only as far as the interval goes: so many that do not answer take nothing from those that do.
    /// </summary>
    internal async Task RenewFeedsAsync(CancellationToken cancellationToken)
    {
        _ = feeds.CloseIdleAsync();
        await feeds.Lanes.RenewAsync().WaitAsync(BoundedCalls.HangsAfter(options.Value), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await RenewAsync(ToRenew(), cancellationToken);
    }

    private Task RenewAsync(IEnumerable<ChannelFeed> toRenew, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        return BoundedCalls.ForEachAsync(
            toRenew.TakeWhile(_ => time.GetElapsedTime(startedAt) < options.Value.RenewInterval), static feed => feed.Lease.RenewAsync(), options.Value, time, cancellationToken);
    }

    private IEnumerable<ChannelFeed> ToRenew()
    {
        var toRenew = new List<ChannelFeed>();
        foreach (var feed in feeds.All)
        {
            if (feed.Lease.Stands)
                feed.Lease.TellHowFar();
            else if (!feed.Lease.IsRenewing)
                toRenew.Add(feed);
        }

        return toRenew.OrderBy(static feed => feed.Lease.FailedRenewalAt);
    }
}
