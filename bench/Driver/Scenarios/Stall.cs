using WhatsSound.Bench.Measures;
using WhatsSound.Bench.Servers;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Scenarios;

/// <summary>
/// In turn: everybody reads, one listener does not, a second to recover, everybody reads, another does not. The kernel's buffers are set to what a real network has, so that
/// the server feels the stall within a second or two.
/// </summary>
internal sealed class Stall(BenchmarkOptions options)
{
    private const int Stalls = 2;
    private static readonly HubSocketOptions RealNetwork = new(ReceiveBufferBytes: 4096, SegmentBytesMax: 1460);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(1);

    public async Task<StallFigures> RunAsync(ServerUnderTest target, CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync(target, options, cancellationToken);
        using var audience = new Audience(server, RealNetwork);
        await audience.GrowToAsync(options.StallListeners, cancellationToken);
        using var sender = await server.ConnectAsync(user: -1, new HubSocketOptions(), static _ => { }, cancellationToken);

        var warmUp = options.WarmUpSeconds * options.StallRatePerSecond;
        var window = options.StallSeconds * options.StallRatePerSecond;
        var recovery = (int)(options.StallRatePerSecond * Recovery.TotalSeconds);
        var cycle = (2 * window) + recovery;
        var messages = warmUp + (Stalls * cycle);
        var log = new DeliveryLog(options.StallListeners, messages);
        audience.Note(log);
        var publisher = new Publisher(target, [sender], options.StallBytes, options.StallRatePerSecond, messages);
        var publishing = publisher.RunAsync(cancellationToken);

        var growth = 0L;
        var closed = 0;
        for (var stall = 0; stall < Stalls; stall++)
        {
            var from = warmUp + (stall * cycle) + window;
            await publisher.WaitUntilDueAsync(from, cancellationToken);
            var before = server.ResidentBytes;
            audience.Listeners[stall].Hub.Stall();
            await publisher.WaitUntilDueAsync(from + window, cancellationToken);
            growth = Math.Max(growth, server.ResidentBytes - before);
            audience.Listeners[stall].Hub.Resume();
            await publisher.WaitUntilDueAsync(from + window + (recovery / 2), cancellationToken);
            closed += audience.Listeners[stall].Hub.IsClosed ? 1 : 0;
            await audience.ReplaceAsync(stall, log, cancellationToken);
        }

        await publishing;

        IEnumerable<int> Others(int stall, int from) => log.Latencies(from..(from + window), except: stall);
        var stalls = Enumerable.Range(0, Stalls).ToList();
        var with = new Latencies(stalls.SelectMany(s => Others(s, warmUp + (s * cycle) + window)));
        return new StallFigures
        {
            Without = new Latencies(stalls.SelectMany(s => Others(s, warmUp + (s * cycle)))),
            With = with,
            DeliveredWith = (double)with.Count / (Stalls * window * (options.StallListeners - 1)),
            ResidentGrowthBytes = growth,
            ClosedByServer = closed,
            Stalls = Stalls,
        };
    }
}
