using WhatsSound.Bench.Reports;
using WhatsSound.Bench.Scenarios;
using WhatsSound.Bench.Servers;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench;

/// <summary>Runs the scenarios; the servers take turns within each round.</summary>
internal sealed class Benchmark(BenchmarkOptions options)
{
    private static readonly ServerUnderTest[] All = [new PlainSignalR(), new PlainChannel(), new RoomChat()];

    private readonly List<Results> _results = [.. Chosen(options).Select(server => new Results(server))];

    public async Task<IReadOnlyList<Results>> RunAsync(CancellationToken cancellationToken)
    {
        if (Has("memory"))
        {
            foreach (var results in _results)
            {
                Say("idle memory", results);
                results.IdleMemory = await new IdleMemory(options).MeasureAsync(results.Server, cancellationToken);
            }
        }

        var servers = new List<ServerProcess>();
        try
        {
            if (Has("fanout") || Has("stall"))
            {
                foreach (var results in _results)
                    servers.Add(await ServerProcess.StartAsync(results.Server, options, cancellationToken));
            }

            if (Has("fanout"))
                await FanOutAsync(servers, cancellationToken);
            if (Has("stall"))
                await StallAsync(servers, cancellationToken);
        }
        finally
        {
            foreach (var server in servers)
                await server.DisposeAsync();
        }

        return _results;
    }

    private async Task FanOutAsync(List<ServerProcess> servers, CancellationToken cancellationToken)
    {
        var shape = new LoadShape(options.Listeners, options.Bytes, options.RatePerSecond);
        var loads = new List<Load>();
        try
        {
            foreach (var (server, results) in servers.Zip(_results))
            {
                Say("fan-out, warm-up", results);
                loads.Add(await Load.CreateAsync(server, shape, new HubSocketOptions(), cancellationToken));
                await loads[^1].WarmUpAsync(options.WarmUpSecondsMin, options.WarmUpSecondsMax, cancellationToken);
            }

            for (var round = 1; round <= options.Rounds; round++)
            {
                foreach (var ((server, load), results) in servers.Zip(loads).Zip(_results))
                {
                    Say($"fan-out, round {round}", results);
                    Add(results, await new FanOut(options, server, load).MeasureAsync(cancellationToken));
                }
            }
        }
        finally
        {
            loads.ForEach(load => load.Dispose());
        }
    }

    private async Task StallAsync(List<ServerProcess> servers, CancellationToken cancellationToken)
    {
        // Where listeners publish, a stalled one would be told apart by what it does not say.
        foreach (var (server, results) in servers.Zip(_results).Where(s => !s.First.Server.ListenersPublish))
        {
            Say("one stalled listener", results);
            results.Stall = await new Stall(options, server).MeasureAsync(cancellationToken);
        }
    }

    private static IEnumerable<ServerUnderTest> Chosen(BenchmarkOptions options)
    {
        foreach (var name in options.Servers)
        {
            yield return Array.Find(All, s => string.Equals(s.Name, name, StringComparison.Ordinal))
                ?? throw new ArgumentException($"There is no server {name}.", nameof(options));
        }

        if (options.Before is { } bin)
            yield return new ChannelBefore(bin);
    }

    private static void Add(Results results, FanOutFigures figures)
    {
        results.FanOut.Add(figures);
        if (figures.FirstRefusal is { } refusal)
            Console.WriteLine($"  {figures.Refused} publications were refused, the first with {refusal}");
    }

    private static void Say(string what, Results results) => Console.WriteLine($"{what}: {results.Server.Title}");

    private bool Has(string scenario) => options.Scenarios.Contains(scenario, StringComparer.Ordinal);
}
