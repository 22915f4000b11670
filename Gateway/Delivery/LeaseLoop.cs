using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Delivery;

/// <summary>
/// Renews, in rounds, what this gateway holds in channels and users, and closes feeds that nobody uses. A round that takes longer than the interval
/// delays the next; calls under way at once are bounded.
/// </summary>
internal sealed class LeaseLoop(
    FeedRegistry feeds, SessionUsers users, IOptions<DeliveryOptions> options, TimeProvider time, ILogger<LeaseLoop> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RenewInterval, time);
        var usersRenewedAt = time.GetTimestamp();
        while (await NextAsync(timer, stoppingToken))
        {
            try
            {
                await RenewFeedsAsync(stoppingToken);
                if (time.GetElapsedTime(usersRenewedAt) < options.Value.UserRenewInterval)
                    continue;
                usersRenewedAt = time.GetTimestamp();
                await users.RenewAllAsync(options.Value.ParallelCallsMax, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // A round that fails must not end the loop: without it every lease would run out.
                DeliveryLog.RoundFailed(logger, exception);
            }
        }
    }

    /// <summary>One round over all feeds.</summary>
    internal async Task RenewFeedsAsync(CancellationToken cancellationToken)
    {
        await feeds.CloseIdleAsync();
        await Parallel.ForEachAsync(
            feeds.All,
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.ParallelCallsMax, CancellationToken = cancellationToken },
            static (feed, _) => new ValueTask(feed.RenewAsync()));
    }

    private static async ValueTask<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
