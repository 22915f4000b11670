using WhatsSound.Bench.Measures;
using WhatsSound.Bench.Reports;
using WhatsSound.Bench.Servers;
using static System.FormattableString;

namespace WhatsSound.Bench.Channels;

/// <summary>The measurements on one server with one database.</summary>
internal sealed class StorageBenchmark(ChannelsOptions options, Failures failures, StorageResults results, ServerProcess server, PostgresProcess? postgres)
{
    private const double QuietMs = 30;
    private const int QuietStepsMin = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var publishers = await Publishers.ConnectAsync(server, options, cancellationToken);
        foreach (var kind in (string[])[ChannelServer.NotKept, ChannelServer.Kept])
        {
            foreach (var channels in (int[])[1, options.Channels])
            {
                var what = Invariant($"{(kind == ChannelServer.Kept ? "kept" : "not kept")}, {channels:N0} {(channels == 1 ? "channel" : "channels")}");
                await TryAsync($"publish: {what}", async () => results.Publishing[what] = await PublishAsync(publishers, kind, channels, cancellationToken));
            }
        }

        foreach (var rate in PacedRate.All.Where(rate => postgres is not null || !rate.IsKept))
            await TryAsync($"publish: {rate.Text}", async () => results.Paced[rate.Text] = await PublishPacedAsync(publishers, rate, cancellationToken));
        await TryAsync("activation", () => ActivateAsync(publishers, cancellationToken));
        await TryAsync("memory", async () => results.Memory = await ReadMemoryAsync(publishers, cancellationToken));

        Task TryAsync(string what, Func<Task> measure) => failures.TryAsync($"{results.Title}, {what}", measure, cancellationToken);
    }

    private async Task<PublishFigures> PublishAsync(Publishers publishers, string kind, int channels, CancellationToken cancellationToken)
    {
        Func<int, string> channel = channels == 1 ? _ => $"{kind}:one" : number => Invariant($"{kind}:{number % channels}");
        await WarmUpAsync(publishers, channel, cancellationToken);

        var before = ServerCost.Of(server);
        var writtenBefore = await DatabaseBytesAsync(cancellationToken);
        var driverBefore = ProcessClock.CpuSeconds(Environment.ProcessId);
        var loaded = await publishers.RunForAsync(channel, TimeSpan.FromSeconds(options.Seconds), cancellationToken);
        var cost = ServerCost.Of(server) - before;
        var driver = ProcessClock.CpuSeconds(Environment.ProcessId) - driverBefore;
        var written = await DatabaseBytesAsync(cancellationToken) - writtenBefore;
        var alone = await publishers.RunAsync(channel, options.Alone, publishers: 1, cancellationToken);
        return new PublishFigures(
            loaded.Count / cost.WallSeconds,
            cost.CpuSeconds * 1e6 / loaded.Count,
            written / loaded.Count,
            loaded,
            alone,
            cost.CpuSeconds / cost.WallSeconds,
            driver / cost.WallSeconds);
    }

    private async Task<PacedFigures> PublishPacedAsync(Publishers publishers, PacedRate rate, CancellationToken cancellationToken)
    {
        var kind = rate.IsKept ? ChannelServer.Kept : ChannelServer.NotKept;
        Func<int, string> channel = number => Invariant($"{kind}:paced{rate.Channels}:{number % rate.Channels}");
        await publishers.RunPacedAsync(channel, rate.PerSecond, TimeSpan.FromSeconds(options.PacedSeconds / 2.0), cancellationToken);
        var before = ServerCost.Of(server);
        var driverBefore = ProcessClock.CpuSeconds(Environment.ProcessId);
        var loaded = await publishers.RunPacedAsync(channel, rate.PerSecond, TimeSpan.FromSeconds(options.PacedSeconds), cancellationToken);
        var cost = ServerCost.Of(server) - before;
        var driver = ProcessClock.CpuSeconds(Environment.ProcessId) - driverBefore;
        return new PacedFigures(loaded.Count / cost.WallSeconds, loaded, cost.CpuSeconds / cost.WallSeconds, driver / cost.WallSeconds, rate.Goal);
    }

    // A pause after each second: where publishing takes the whole core, the runtime does not come to compiling what it has found to be worth it.
    private async Task WarmUpAsync(Publishers publishers, Func<int, string> channel, CancellationToken cancellationToken)
    {
        var quietSteps = 0;
        for (var step = 0; step < options.WarmUpSecondsMax && quietSteps < QuietStepsMin; step++)
        {
            var before = await server.ReadProbeAsync();
            await publishers.RunForAsync(channel, TimeSpan.FromSeconds(1), cancellationToken);
            await Task.Delay(Pause, cancellationToken);
            var compiledMs = (await server.ReadProbeAsync()).CompilationMs - before.CompilationMs;
            quietSteps = compiledMs < QuietMs ? quietSteps + 1 : 0;
        }
    }

    private async Task ActivateAsync(Publishers publishers, CancellationToken cancellationToken)
    {
        var count = options.Activations;
        await publishers.RunAsync(n => Invariant($"{ChannelServer.Kept}:full:{n % count}"), count * options.History, cancellationToken);
        await server.DeactivateAsync();

        // Deactivation and its collection are not what the first channels are to pay for.
        await publishers.RunAsync(n => $"{ChannelServer.Kept}:one", options.Alone, publishers: 1, cancellationToken);
        results.Activation["not kept, empty"] = await FirstAsync($"{ChannelServer.NotKept}:first");
        results.Activation["kept, empty"] = await FirstAsync($"{ChannelServer.Kept}:first");
        results.Activation[Invariant($"kept, {options.History} publications")] = await FirstAsync($"{ChannelServer.Kept}:full");
        results.Activation["active already"] = await publishers.RunAsync(n => Invariant($"{ChannelServer.Kept}:full:{n % count}"), count, publishers: 1, cancellationToken);

        Task<Latencies> FirstAsync(string prefix) =>
            publishers.RunAsync(n => Invariant($"{prefix}:{n % count}"), count, publishers: 1, cancellationToken);
    }

    private async Task<MemoryFigures> ReadMemoryAsync(Publishers publishers, CancellationToken cancellationToken)
    {
        // The process has grown to what this many take by then, so that the slope is that of channels.
        await publishers.RunAsync(n => Invariant($"{ChannelServer.NotKept}:before:{n}"), options.MemoryChannels, cancellationToken);
        var (residentWithout, heapWithout) = Read(await server.DeactivateAsync());
        await publishers.RunAsync(n => Invariant($"{ChannelServer.NotKept}:idle:{n}"), options.MemoryChannels, cancellationToken);
        var (residentActive, heapActive) = Read(await server.CollectAsync());
        var (residentAfter, heapAfter) = Read(await server.DeactivateAsync());
        double channels = options.MemoryChannels;
        return new MemoryFigures(
            (residentActive - residentWithout) / channels,
            (heapActive - heapWithout) / channels,
            (residentAfter - residentWithout) / channels,
            (heapAfter - heapWithout) / channels);

        (long Resident, long Heap) Read(ProbeFigures probe) => (server.ResidentBytes, probe.HeapBytes);
    }

    private async Task<double> DatabaseBytesAsync(CancellationToken cancellationToken) =>
        postgres is null ? server.FileBytesWritten : await postgres.BytesWrittenAsync(cancellationToken);
}
