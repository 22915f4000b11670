using System.Diagnostics;
using WhatsSound.Bench.Measures;

namespace WhatsSound.Bench.Traffic;

/// <summary>Messages under way, and the log of their deliveries.</summary>
internal sealed record LoadRun(DeliveryLog Log, Publisher Publisher, Task Publishing)
{
    private static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(2);

    /// <summary>Waits until all is published, and delivered as far as it will be.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await Publishing;
        var waited = Stopwatch.StartNew();
        while (Log.Delivered < Log.Expected && waited.Elapsed < DrainMax)
            await Task.Delay(20, cancellationToken);
    }
}
