using WhatsSound.Bench.Reports;
using WhatsSound.Bench.Scenarios;
using WhatsSound.Bench.Servers;

namespace WhatsSound.Bench;

/// <summary>Runs the scenarios, the servers in turn within each round.</summary>
internal sealed class Benchmark(BenchmarkOptions options)
{
    private static readonly ServerUnderTest[] All = [new PlainSignalR(), new PlainChannel(), new RoomChat()];

    private readonly List<Results> _results = [.. options.Servers.Select(name => new Results(
        All.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.Ordinal)) ?? throw new ArgumentException($"There is no server {name}.", nameof(options))))];

    public async Task<IReadOnlyList<Results>> RunAsync(CancellationToken cancellationToken)
    {
        if (Has("fanout"))
        {
            for (var round = 1; round <= options.Rounds; round++)
                await EachAsync($"fan-out, round {round}", r => FanOutAsync(r, cancellationToken));
        }

        if (Has("memory"))
            await EachAsync("idle memory", async r => r.IdleMemory = await new IdleMemory(options).RunAsync(r.Server, cancellationToken));

        if (Has("stall"))
            await EachAsync("one stalled listener", r => StallAsync(r, cancellationToken));
        return _results;
    }

    private async Task FanOutAsync(Results results, CancellationToken cancellationToken)
    {
        var figures = await new FanOut(options).RunAsync(results.Server, cancellationToken);
        results.FanOut.Add(figures);
        if (figures.FirstRefusal is { } refusal)
            Console.WriteLine($"  {figures.Refused} publications were refused, the first with {refusal}");
    }

    private async Task StallAsync(Results results, CancellationToken cancellationToken)
    {
        // Where listeners publish, a stalled one would be told apart by what it does not say.
        if (!results.Server.ListenersPublish)
            results.Stall = await new Stall(options).RunAsync(results.Server, cancellationToken);
    }

    private async Task EachAsync(string what, Func<Results, Task> run)
    {
        foreach (var results in _results)
        {
            Console.WriteLine($"{what}: {results.Server.Title}");
            await run(results);
        }
    }

    private bool Has(string scenario) => options.Scenarios.Contains(scenario, StringComparer.Ordinal);
}
