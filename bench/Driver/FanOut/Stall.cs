using WhatsSound.Bench.Measures;
using WhatsSound.Bench.Servers;
using WhatsSound.Bench.Traffic;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.FanOut;

/// <summary>
/// In turn: everybody reads, one listener does not, a second to recover, everybody reads, another does not. The kernel's buffers are set to what a
/// real network has, so that the server feels the stall within a second or two.
/// </summary>
internal sealed class Stall(FanOutOptions options, ServerProcess server)
{
    private const int Stalls = 2;
    private const int WarmUpSeconds = 2;
    private static readonly ClientSocketOptions RealNetwork = new(ReceiveBufferBytes: 4096, SegmentBytesMax: 1460);

    public async Task<StallFigures> MeasureAsync(CancellationToken cancellationToken)
    {
        var rate = options.StallRatePerSecond;
        var shape = new LoadShape(options.StallListeners, options.StallBytes, rate);
        using var load = await Load.CreateAsync(server, shape, RealNetwork, cancellationToken);
        await load.WarmUpAsync(WarmUpSeconds, options.WarmUpSecondsMax, cancellationToken);

        var window = options.StallSeconds * rate;
        var cycle = window + window + rate;
        var run = load.Begin(Stalls * cycle, cancellationToken);
        var growth = 0L;
        var closed = 0;
        for (var stall = 0; stall < Stalls; stall++)
        {
            var from = (stall * cycle) + window;
            await run.Publisher.WaitUntilDueAsync(from, cancellationToken);
            var before = server.ResidentBytes;
            load.Audience.Listeners[stall].Socket.Stall();
            await run.Publisher.WaitUntilDueAsync(from + window, cancellationToken);
            growth = Math.Max(growth, server.ResidentBytes - before);
            load.Audience.Listeners[stall].Socket.Resume();
            await run.Publisher.WaitUntilDueAsync(from + window + (rate / 2), cancellationToken);
            closed += load.Audience.Listeners[stall].Socket.IsClosed ? 1 : 0;
            await load.Audience.ReplaceAsync(stall, run.Log, cancellationToken);
        }

        await run.FinishAsync(cancellationToken);
        return Figures(run.Log, window, cycle) with { ResidentGrowthBytes = growth, ClosedByServer = closed };
    }

    private StallFigures Figures(DeliveryLog log, int window, int cycle)
    {
        IEnumerable<int> Others(int stall, int from) => log.Latencies(from..(from + window), except: stall);

        var stalls = Enumerable.Range(0, Stalls).ToList();
        var with = new Latencies(stalls.SelectMany(s => Others(s, (s * cycle) + window)));
        return new StallFigures
        {
            Without = new Latencies(stalls.SelectMany(s => Others(s, s * cycle))),
            With = with,
            DeliveredWith = (double)with.Count / (Stalls * window * (options.StallListeners - 1)),
        };
    }
}
