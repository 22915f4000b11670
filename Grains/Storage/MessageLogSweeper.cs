using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace WhatsSound.Grains.Storage;

/// <summary>Deletes publications that have outlived their retention, now and then. In a cluster every silo does it; they find less to do.</summary>
internal sealed partial class MessageLogSweeper(IMessageLog log, IOptions<StorageOptions> options, TimeProvider time, ILogger<MessageLogSweeper> logger)
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
                LogSwept(count);
            }
            catch (Exception exception) when (exception is not OperationCanceledException) // The next tick tries again.
            {
                LogSweepFailed(exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} publications outlived their retention.")]
    private partial void LogSwept(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The message log could not be swept.")]
    private partial void LogSweepFailed(Exception exception);
}
