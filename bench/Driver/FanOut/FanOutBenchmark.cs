using WhatsSound.Bench.Reports;
using WhatsSound.Bench.Servers;
using WhatsSound.Bench.Traffic;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.FanOut;

/// <summary>One message to many: what a delivery costs here, and at the servers that people would pick instead. They take turns within each round.</summary>
internal sealed class FanOutBenchmark(FanOutOptions options, Failures failures) : IBenchmark
{
    private static readonly ServerUnderTest[] All =
        [new PlainChannel(), new MessagePackChannel(), new FloorServer(), new WsBroadcast(), new SocketIo(), new PlainSignalR(), new RoomChat()];

    private readonly List<FanOutResults> _results = [.. Chosen(options).Select(server => new FanOutResults(server))];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Has("memory"))
            await MeasureMemoryAsync(cancellationToken);
        if (!Has("fanout") && !Has("stall"))
            return;

        var running = new List<(FanOutResults Results, ServerProcess Server)>();
        try
        {
            foreach (var results in _results)
            {
                await failures.TryAsync(
                    $"start: {results.Title}",
                    async () => running.Add((results, await ServerProcess.StartAsync(results.Server, options, cancellationToken))),
                    cancellationToken);
            }

            if (Has("fanout"))
                await MeasureFanOutAsync(running, cancellationToken);
            if (Has("stall"))
                await MeasureStallsAsync(running, cancellationToken);
        }
        finally
        {
            foreach (var (_, server) in running)
                await server.DisposeAsync();
        }
    }

    public Report Report() => new("fanout", FanOutTable.Write(_results), FanOutJson.Figures(_results));

    private async Task MeasureMemoryAsync(CancellationToken cancellationToken)
    {
        foreach (var results in _results)
        {
            await failures.TryAsync(
                $"idle memory: {results.Title}",
                async () => results.IdleMemory = await new IdleMemory(options).MeasureAsync(results.Server, cancellationToken),
                cancellationToken);
        }
    }

    private async Task MeasureFanOutAsync(List<(FanOutResults Results, ServerProcess Server)> running, CancellationToken cancellationToken)
    {
        var shape = new LoadShape(options.Listeners, options.Bytes, options.RatePerSecond);
        var loads = new List<(FanOutResults Results, ServerProcess Server, Load Load)>();
        try
        {
            foreach (var (results, server) in running)
                await failures.TryAsync($"fan-out, warm-up: {results.Title}", () => WarmUpAsync(results, server), cancellationToken);
            for (var round = 1; round <= options.Rounds; round++)
            {
                foreach (var (results, server, load) in loads)
                    await failures.TryAsync($"fan-out, round {round}: {results.Title}", () => MeasureRoundAsync(results, server, load), cancellationToken);
            }
        }
        finally
        {
            loads.ForEach(l => l.Load.Dispose());
        }

        async Task WarmUpAsync(FanOutResults results, ServerProcess server)
        {
            var load = await Load.CreateAsync(server, shape, new ClientSocketOptions(), cancellationToken);
            loads.Add((results, server, load));
            await load.WarmUpAsync(options.WarmUpSecondsMin, options.WarmUpSecondsMax, cancellationToken);
        }

        async Task MeasureRoundAsync(FanOutResults results, ServerProcess server, Load load)
        {
            var figures = await new FanOutWindow(options, server, load).MeasureAsync(cancellationToken);
            results.FanOut.Add(figures);
            if (figures.FirstRefusal is { } refusal)
                Console.WriteLine($"  {figures.Refused} publications were refused, the first with {refusal}");
        }
    }

    private async Task MeasureStallsAsync(List<(FanOutResults Results, ServerProcess Server)> running, CancellationToken cancellationToken)
    {
        // Where listeners publish, a stalled one would be told apart by what it does not say.
        foreach (var (results, server) in running.Where(r => r.Results.Server is { ListenersPublish: false, HasFlowControl: true }))
        {
            await failures.TryAsync(
                $"one stalled listener: {results.Title}",
                async () => results.Stall = await new Stall(options, server).MeasureAsync(cancellationToken),
                cancellationToken);
        }
    }

    private static IEnumerable<ServerUnderTest> Chosen(FanOutOptions options)
    {
        foreach (var name in options.Servers)
        {
            yield return Array.Find(All, s => string.Equals(s.Name, name, StringComparison.Ordinal))
                ?? throw new ArgumentException($"There is no server {name}.", nameof(options));
        }

        if (options.Before is { } bin)
            yield return new ChannelBefore(bin);
    }

    private bool Has(string scenario) => options.Scenarios.Contains(scenario, StringComparer.Ordinal);
}
