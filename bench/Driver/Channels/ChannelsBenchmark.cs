using WhatsSound.Bench.Reports;
using WhatsSound.Bench.Servers;

namespace WhatsSound.Bench.Channels;

/// <summary>What a channel costs without an audience: publishing to it, waking it, keeping it. On each database in turn.</summary>
internal sealed class ChannelsBenchmark(ChannelsOptions options, Failures failures) : IBenchmark
{
    private const string Postgres = "postgresql";

    private readonly List<StorageResults> _results = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var storage in options.Storage)
            await failures.TryAsync($"start: {storage}", () => RunAsync(storage, cancellationToken), cancellationToken);
    }

    public Report Report() => new("channels", ChannelsTable.Write(_results), ChannelsTable.Figures(_results));

    private async Task RunAsync(string storage, CancellationToken cancellationToken)
    {
        await using var postgres = storage == Postgres ? await PostgresProcess.StartAsync(Path.GetFullPath(options.Schema), cancellationToken) : null;
        var target = new ChannelServer(postgres?.ConnectionString);
        await using var server = await ServerProcess.StartAsync(target, options, cancellationToken);
        var results = new StorageResults(target.Title);
        _results.Add(results);
        await new StorageBenchmark(options, failures, results, server, postgres).RunAsync(cancellationToken);
    }
}
