using System.Diagnostics;
using WhatsSound.Bench.Measures;
using WhatsSound.Bench.Servers;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Scenarios;

/// <summary>One publisher at a fixed rate, many listeners: what a delivery costs and how long it takes.</summary>
internal sealed class FanOut(BenchmarkOptions options)
{
    private static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(2);

    public async Task<FanOutFigures> RunAsync(ServerUnderTest target, CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync(target, options, cancellationToken);
        using var audience = new Audience(server);
        await audience.GrowToAsync(Math.Min(options.Listeners, target.ListenersMax), cancellationToken);

        using var sender = await server.ConnectAsync(user: -1, new HubSocketOptions(), audience.Answers.OnText, cancellationToken);
        var warmUp = options.WarmUpSeconds * options.RatePerSecond;
        var messages = warmUp + (options.Seconds * options.RatePerSecond);
        var log = new DeliveryLog(audience.Listeners.Count, messages);
        audience.Note(log);

        IReadOnlyList<HubSocket> hubs = target.ListenersPublish ? [.. audience.Listeners.Select(l => l.Hub)] : [sender];
        var publisher = new Publisher(target, hubs, options.Bytes, options.RatePerSecond, messages);
        var publishing = publisher.RunAsync(cancellationToken);
        await publisher.WaitUntilDueAsync(warmUp, cancellationToken);
        var before = await WindowEdge.ReadAsync(server, log, options);
        await publisher.WaitUntilDueAsync(messages, cancellationToken);
        var after = await WindowEdge.ReadAsync(server, log, options);
        await publishing;
        await DrainAsync(log, (long)messages * audience.Listeners.Count, cancellationToken);

        var window = after - before;
        return new FanOutFigures
        {
            CpuUsPerDelivery = window.ServerCpuSeconds * 1e6 / window.Delivered,
            AllocatedBytesPerDelivery = (double)window.AllocatedBytes / window.Delivered,
            Latency = new Latencies(log.Latencies(warmUp..messages)),
            Expected = (long)(messages - warmUp) * audience.Listeners.Count,
            Duplicates = log.Duplicates,
            Reordered = log.Reordered,
            Refused = audience.Answers.Refused,
            FirstRefusal = audience.Answers.FirstRefusal,
            ServerLoad = window.ServerCpuSeconds / window.WallSeconds,
            DriverLoad = window.DriverCpuSeconds / window.WallSeconds,
            ForeignLoad = (window.CoreBusySeconds - window.ServerCpuSeconds) / window.WallSeconds,
            PublisherLateP99Ms = publisher.Lateness.P99Ms,
        };
    }

    private static async Task DrainAsync(DeliveryLog log, long expected, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (log.Delivered < expected && waited.Elapsed < DrainMax)
            await Task.Delay(20, cancellationToken);
    }
}
