namespace WhatsSound.Gateway.Identity.Sources;

/// <summary>
/// Keeps the keys of token sources fresh, from the start on: nobody waits for a fetch whose token has a key that is known, and a source that was away is found again without anybody's asking.
/// </summary>
internal sealed class KeyRefresh(KeySources sources, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (sources.All.Count == 0)
            return;
        using var timer = new PeriodicTimer(sources.Interval, time);
        try
        {
            do
            {
                await Task.WhenAll(sources.All.Select(static source => source.RefreshAsync()));
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
