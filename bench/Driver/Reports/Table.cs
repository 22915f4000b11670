using WhatsSound.Bench.Measures;
using WhatsSound.Bench.Scenarios;

namespace WhatsSound.Bench.Reports;

/// <summary>The rows of the report, and how they are computed from what was measured.</summary>
internal static class Table
{
    private const double Kilobyte = 1024;
    private const double Megabyte = 1024 * 1024;

    public static IReadOnlyList<Row> Rows { get; } =
    [
        new("CPU per delivery, µs", r => Median(r, f => f.CpuUsPerDelivery), "0.00")
        {
            Ratio = (r, plain) => MedianOfRatios(r, plain, f => f.CpuUsPerDelivery),
            Goal = new Goal(1.0, OnRatio: true, "<= 1.0 x"),
        },
        new("latency p50, ms", r => Merged(r)?.MedianMs, "0.00") { Ratio = Plainly(r => Merged(r)?.MedianMs) },
        new("latency p99, ms", r => Merged(r)?.P99Ms, "0.00")
        {
            Ratio = Plainly(r => Merged(r)?.P99Ms),
            Goal = new Goal(20, OnRatio: false, "<= 20 ms"),
        },
        new("latency max, ms", r => Merged(r)?.MaxMs, "0.00"),
        new("allocated per delivery, bytes", r => Median(r, f => f.AllocatedBytesPerDelivery), "0")
        {
            Ratio = (r, plain) => MedianOfRatios(r, plain, f => f.AllocatedBytesPerDelivery),
        },
        new("not delivered", r => Sum(r, f => f.Expected - f.Delivered), "0") { Goal = new Goal(0, OnRatio: false, "0") },
        new("delivered twice", r => Sum(r, f => f.Duplicates), "0") { Goal = new Goal(0, OnRatio: false, "0") },
        new("out of order", r => Sum(r, f => f.Reordered), "0") { Goal = new Goal(0, OnRatio: false, "0") },
        new("publications refused", r => Sum(r, f => f.Refused), "0"),
        new("compiling in the window, ms", r => Median(r, f => f.CompilationMs), "0"),
        new("server's share of its core, %", r => Median(r, f => f.ServerLoad * 100)),
        new("others' share of that core, %", r => Median(r, f => f.ForeignLoad * 100)),
        new("driver's share of its core, %", r => Median(r, f => f.DriverLoad * 100)),
        new("publisher late p99, ms", r => Median(r, f => f.PublisherLateP99Ms), "0.00"),
        new("idle connection, resident KB", r => r.IdleMemory?.ResidentBytesPerConnection / Kilobyte)
        {
            Ratio = Plainly(r => r.IdleMemory?.ResidentBytesPerConnection),
            Goal = new Goal(1.25, OnRatio: true, "<= 1.25 x"),
        },
        new("idle connection, heap KB", r => r.IdleMemory?.HeapBytesPerConnection / Kilobyte)
        {
            Ratio = Plainly(r => r.IdleMemory?.HeapBytesPerConnection),
        },
        new("one stalled: others' p99 before, ms", r => r.Stall?.Without.P99Ms, "0.00"),
        new("one stalled: others' p99 during, ms", r => r.Stall?.With.P99Ms, "0.00"),
        new("one stalled: change of p99, %", r => (r.Stall?.With.P99Ms / r.Stall?.Without.P99Ms - 1) * 100)
        {
            Goal = new Goal(10, OnRatio: false, "<= 10 %"),
        },
        new("one stalled: others got, %", r => r.Stall?.DeliveredWith * 100),
        new("one stalled: resident growth, MB", r => r.Stall?.ResidentGrowthBytes / Megabyte),
        new("one stalled: closed by server", r => r.Stall?.ClosedByServer, "0"),
    ];

    public static Latencies? Merged(Results results) =>
        results.FanOut.Count == 0 ? null : new Latencies(results.FanOut.SelectMany(f => f.Latency.SamplesUs));

    private static Func<Results, Results, double?> Plainly(Func<Results, double?> value) => (r, plain) => value(r) / value(plain);

    private static double? Sum(Results results, Func<FanOutFigures, long> value) =>
        results.FanOut.Count == 0 ? null : results.FanOut.Sum(value);

    private static double? Median(Results results, Func<FanOutFigures, double> value) => Median(results.FanOut.Select(value));

    // Round by round, so that what drifts between rounds cancels.
    private static double? MedianOfRatios(Results results, Results plain, Func<FanOutFigures, double> value) =>
        Median(results.FanOut.Zip(plain.FanOut, (ours, theirs) => value(ours) / value(theirs)));

    private static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
