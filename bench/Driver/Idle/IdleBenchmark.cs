using WhatsSound.Bench.Measures;
using WhatsSound.Bench.Reports;
using WhatsSound.Bench.Servers;

namespace WhatsSound.Bench.Idle;

/// <summary>What is there and does nothing: connections, their channels, and rooms with nobody in them; and what is kept after a crowd has gone.</summary>
internal sealed class IdleBenchmark(IdleOptions options, Failures failures) : IBenchmark
{
    private const int CallsAtOnce = 16;

    private readonly List<IdleFigures> _figures = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var scenario in options.Scenarios)
        {
            foreach (var target in options.Before is null ? [new IdleServer()] : new[] { new IdleServer(options.Before), new IdleServer() })
                await failures.TryAsync($"{scenario}: {target.Title}", () => RunAsync(scenario, target, cancellationToken), cancellationToken);
        }
    }

    public Report Report() => new("idle", IdleTable.Write(_figures), _figures);

    private async Task RunAsync(string scenario, IdleServer target, CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync(target, options, cancellationToken);
        await (scenario switch
        {
            "channels" => ChannelsAsync(server, cancellationToken),
            "rooms" => RoomsAsync(server, cancellationToken),
            "churn" => ChurnAsync(server, cancellationToken),
            _ => throw new InvalidOperationException($"There is no scenario {scenario}; --help lists them."),
        });
    }

    private async Task ChannelsAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        using var crowd = await Crowd.ConnectAsync(server, options.Connections, cancellationToken);
        await LookOnAsync(server, $"{options.Connections} connections", cancellationToken);
        await crowd.CallAllAsync(options.Channels, (user, call) => ("Subscribe", $"{{\"channel\":\"bench:{user}-{call}\"}}"), CallsAtOnce, cancellationToken);
        await LookOnAsync(server, $"and {options.Connections * options.Channels} channels", cancellationToken);
        crowd.ThrowIfClosed();
    }

    private async Task RoomsAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        using var crowd = await Crowd.ConnectAsync(server, 1, cancellationToken);
        await LookOnAsync(server, "one connection", cancellationToken);
        await crowd.CallAllAsync(
            options.Rooms, (_, call) => ("CreateRoom", $"{{\"roomId\":\"bench-{call}\",\"commandId\":\"c{call}\",\"name\":\"Bench\",\"isListed\":true}}"), CallsAtOnce, cancellationToken);
        await LookOnAsync(server, $"and {options.Rooms} rooms with nobody in them", cancellationToken);
        crowd.ThrowIfClosed();
    }

    /// <summary>As many come, join a room and are cut off, again and again; then nobody is there.</summary>
    private async Task ChurnAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        using var owner = await Crowd.ConnectAsync(server, 1, cancellationToken);
        await owner.CallAllAsync(1, static (_, _) => ("CreateRoom", "{\"roomId\":\"bench\",\"commandId\":\"c\",\"name\":\"Bench\"}"), CallsAtOnce, cancellationToken);
        var churn = TimeSpan.FromSeconds(options.ChurnSeconds);
        for (var started = System.Diagnostics.Stopwatch.StartNew(); started.Elapsed < churn;)
        {
            using var crowd = await Crowd.ConnectAsync(server, options.Members, cancellationToken);
            await crowd.CallAllAsync(1, static (user, _) => ("JoinRoom", $"{{\"roomId\":\"bench\",\"commandId\":\"j{user}\",\"info\":{{}}}}"), CallsAtOnce, cancellationToken);
        }

        _figures.Add(new(server.Server.Title, "at the end of the churn", null, server.ResidentBytes, null));
        await Task.Delay(TimeSpan.FromSeconds(options.RestSeconds), cancellationToken);
        var resident = server.ResidentBytes;
        _figures.Add(new(server.Server.Title, $"{options.RestSeconds} s later", null, resident, (await server.CollectAsync()).HeapBytes));
    }

    private async Task LookOnAsync(ServerProcess server, string what, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(options.SettleSeconds), cancellationToken);
        var before = ServerCost.Of(server);
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds), cancellationToken);
        var cost = ServerCost.Of(server) - before;
        _figures.Add(new(server.Server.Title, what, 100 * cost.CpuSeconds / cost.WallSeconds, server.ResidentBytes, null));
    }
}
