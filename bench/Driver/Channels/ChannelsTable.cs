using WhatsSound.Bench.FanOut;
using WhatsSound.Bench.Measures;
using WhatsSound.Bench.Reports;

namespace WhatsSound.Bench.Channels;

/// <summary>A line per measurement: ratios first, then figures.</summary>
internal static class ChannelsTable
{
    private const double Kilobyte = 1024;
    private const string Deactivated = "deactivated";

    private static readonly Goal ActivationGoal = new(20, OnRatio: false, "p99 at most 20 ms");
    private static readonly Goal DeactivatedGoal = new(4, OnRatio: false, "at most 4 KB");

    private static readonly IReadOnlyList<string> Header =
    [
        "", "rate x first", "per second", "CPU, µs", "written, bytes", "ack p50, ms", "ack p99, ms", "alone p50, ms", "alone p99, ms",
        "KB resident", "KB heap", "server, %", "driver, %", "goal",
    ];

    public static string Write(IReadOnlyList<StorageResults> results) => MarkdownTable.Write([Header, .. results.SelectMany(Lines)]);

    public static object Figures(IReadOnlyList<StorageResults> results) => results.Select(r => new
    {
        storage = r.Title,
        publishing = r.Publishing.ToDictionary(
            p => p.Key,
            p => new
            {
                p.Value.PerSecond,
                p.Value.CpuUs,
                p.Value.BytesWritten,
                p.Value.ServerLoad,
                p.Value.DriverLoad,
                loaded = Percentiles(p.Value.Loaded),
                alone = Percentiles(p.Value.Alone),
            },
            StringComparer.Ordinal),
        paced = r.Paced.ToDictionary(p => p.Key, p => new { p.Value.PerSecond, p.Value.ServerLoad, p.Value.DriverLoad, loaded = Percentiles(p.Value.Loaded) }, StringComparer.Ordinal),
        activation = r.Activation.ToDictionary(a => a.Key, a => Percentiles(a.Value), StringComparer.Ordinal),
        r.Memory,
    }).ToList();

    private static IEnumerable<IReadOnlyList<string>> Lines(StorageResults r)
    {
        var first = r.Publishing.Values.FirstOrDefault();
        foreach (var (what, f) in r.Publishing)
        {
            yield return Line($"{r.Title}, publish: {what}", new(StringComparer.Ordinal)
            {
                ["rate x first"] = MarkdownTable.Cell(f.PerSecond / first!.PerSecond, "0.00"),
                ["per second"] = MarkdownTable.Cell(f.PerSecond, "0"),
                ["CPU, µs"] = MarkdownTable.Cell(f.CpuUs, "0"),
                ["written, bytes"] = MarkdownTable.Cell(f.BytesWritten, "0"),
                ["ack p50, ms"] = Ms(f.Loaded.MedianMs),
                ["ack p99, ms"] = Ms(f.Loaded.P99Ms),
                ["alone p50, ms"] = Ms(f.Alone.MedianMs),
                ["alone p99, ms"] = Ms(f.Alone.P99Ms),
                ["server, %"] = MarkdownTable.Cell(f.ServerLoad * 100, "0"),
                ["driver, %"] = MarkdownTable.Cell(f.DriverLoad * 100, "0"),
            });
        }

        foreach (var (what, f) in r.Paced)
        {
            yield return Line($"{r.Title}, publish: {what}", new(StringComparer.Ordinal)
            {
                ["per second"] = MarkdownTable.Cell(f.PerSecond, "0"),
                ["ack p50, ms"] = Ms(f.Loaded.MedianMs),
                ["ack p99, ms"] = Ms(f.Loaded.P99Ms),
                ["server, %"] = MarkdownTable.Cell(f.ServerLoad * 100, "0"),
                ["driver, %"] = MarkdownTable.Cell(f.DriverLoad * 100, "0"),
                ["goal"] = f.Goal?.Judge(f.Loaded.P99Ms, ratio: null) ?? "",
            });
        }

        foreach (var (what, latencies) in r.Activation)
        {
            yield return Line($"{r.Title}, first publication: {what}", new(StringComparer.Ordinal)
            {
                ["alone p50, ms"] = Ms(latencies.MedianMs),
                ["alone p99, ms"] = Ms(latencies.P99Ms),
                ["goal"] = ActivationGoal.Judge(latencies.P99Ms, ratio: null),
            });
        }

        if (r.Memory is not { } memory)
            yield break;
        yield return Memory("active", memory.ActiveResident, memory.ActiveHeap);
        yield return Memory(Deactivated, memory.DeactivatedResident, memory.DeactivatedHeap);

        IReadOnlyList<string> Memory(string what, double resident, double heap) => Line($"{r.Title}, idle channel: {what}", new(StringComparer.Ordinal)
        {
            ["KB resident"] = MarkdownTable.Cell(resident / Kilobyte, "0.0"),
            ["KB heap"] = MarkdownTable.Cell(heap / Kilobyte, "0.0"),
            ["goal"] = what == Deactivated ? DeactivatedGoal.Judge(resident / Kilobyte, ratio: null) : "",
        });
    }

    private static IReadOnlyList<string> Line(string what, Dictionary<string, string> cells) =>
        [what, .. Header.Skip(1).Select(column => cells.GetValueOrDefault(column, ""))];

    private static string Ms(double value) => MarkdownTable.Cell(value, "0.00");

    private static object Percentiles(Latencies latencies) => new { latencies.Count, p50Ms = latencies.MedianMs, p99Ms = latencies.P99Ms };
}
