namespace WhatsSound.Gateway.Delivery;

/// <summary>Work that is done again and again, an interval apart.</summary>
internal static class Rounds
{
    /// <summary>Runs rounds until it is stopped; the first after one interval. A round that fails does not end them: without rounds every lease would run out.</summary>
    public static async Task RunAsync(
        TimeSpan interval, TimeProvider time, Func<CancellationToken, Task> roundAsync, ILogger logger, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        await RunAsync(async token => await timer.WaitForNextTickAsync(token), (_, token) => roundAsync(token), logger, stoppingToken);
    }

    /// <summary>As the other; each round when <paramref name="nextAsync"/> says so, and with what it says.</summary>
    public static async Task RunAsync<T>(
        Func<CancellationToken, Task<T>> nextAsync, Func<T, CancellationToken, Task> roundAsync, ILogger logger, CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var next = await nextAsync(stoppingToken);
                await TryAsync(() => roundAsync(next, stoppingToken), logger, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private static async Task TryAsync(Func<Task> roundAsync, ILogger logger, CancellationToken stoppingToken)
    {
        try
        {
            await roundAsync();
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            DeliveryLog.RoundFailed(logger, exception);
        }
    }
}
