namespace WhatsSound.Gateway.Delivery;

/// <summary>Work that is done again and again, an interval apart.</summary>
internal static class Rounds
{
    /// <summary>Runs rounds until it is stopped; the first after one interval. A round that fails does not end them: without rounds every lease would run out.</summary>
    public static async Task RunAsync(
        TimeSpan interval, TimeProvider time, Func<CancellationToken, Task> roundAsync, ILogger logger, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (await NextAsync(timer, stoppingToken))
        {
            try
            {
                await roundAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                DeliveryLog.RoundFailed(logger, exception);
            }
        }
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
