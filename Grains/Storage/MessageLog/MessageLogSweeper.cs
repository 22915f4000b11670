using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace WhatsSound.Grains.Storage;

/// <summary>Deletes publications that have outlived their retention, channels that rest too long, and what nobody reads from the outbox, now and then. In a cluster every silo does it; they find less to do.</summary>
internal sealed partial class MessageLogSweeper(
    IMessageLog log, IRestingChannels resting, IOutbox outbox, IOptions<StorageOptions> options, TimeProvider time, ILogger<MessageLogSweeper> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var count = await log.SweepAsync(time.GetUtcNow(), stoppingToken);
                var restingCount = await resting.SweepAsync(time.GetUtcNow(), stoppingToken);
                var unreadCount = await outbox.SweepAsync(time.GetUtcNow(), stoppingToken);
                LogSwept(count, restingCount, unreadCount);
            }
            catch (Exception exception) when (exception is not OperationCanceledException) // The next tick tries again.
            {
                LogSweepFailed(exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} publications outlived their retention, {RestingCount} channels rested too long, and {UnreadCount} rows of the outbox were for nobody.")]
    private partial void LogSwept(int count, int restingCount, int unreadCount);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The message log could not be swept, or the resting channels, or the outbox.")]
    private partial void LogSweepFailed(Exception exception);
}
