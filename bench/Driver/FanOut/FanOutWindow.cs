using WhatsSound.Bench.Measures;
using WhatsSound.Bench.Servers;
using WhatsSound.Bench.Traffic;

namespace WhatsSound.Bench.FanOut;

/// <summary>One publisher at a fixed rate, many listeners: what a delivery costs and how long it takes.</summary>
internal sealed class FanOutWindow(FanOutOptions options, ServerProcess server, Load load)
{
    // A server that waited for its turn finds its caches again.
    private const int LeadInSeconds = 1;

    public async Task<FanOutFigures> MeasureAsync(CancellationToken cancellationToken)
    {
        var leadIn = LeadInSeconds * options.RatePerSecond;
        var messages = leadIn + (options.Seconds * options.RatePerSecond);
        var run = load.Begin(messages, cancellationToken);
        await run.Publisher.WaitUntilDueAsync(leadIn, cancellationToken);
        var before = await WindowEdge.ReadAsync(server, run.Log, options);
        await run.Publisher.WaitUntilDueAsync(messages, cancellationToken);
        var after = await WindowEdge.ReadAsync(server, run.Log, options);
        await run.FinishAsync(cancellationToken);

        var window = after - before;
        return new FanOutFigures
        {
            CpuUsPerDelivery = window.ServerCpuSeconds * 1e6 / window.Delivered,
            AllocatedBytesPerDelivery = (double?)window.AllocatedBytes / window.Delivered,
            Latency = new Latencies(run.Log.Latencies(leadIn..messages)),
            Expected = (long)(messages - leadIn) * load.Audience.Listeners.Count,
            Duplicates = run.Log.Duplicates,
            Reordered = run.Log.Reordered,
            Refused = load.Audience.Answers.TakeRefused(out var firstRefusal),
            FirstRefusal = firstRefusal,
            CompilationMs = window.CompilationMs,
            ServerLoad = window.ServerCpuSeconds / window.WallSeconds,
            DriverLoad = window.DriverCpuSeconds / window.WallSeconds,
            ForeignLoad = (window.CoreBusySeconds - window.ServerCpuSeconds) / window.WallSeconds,
            PublisherLateP99Ms = run.Publisher.Lateness.P99Ms,
        };
    }
}
