using WhatsSound.Bench.Reports;

namespace WhatsSound.Bench.FanOut;

/// <summary>The rows of the report, and how they are computed from what was measured.</summary>
internal static class FanOutRows
{
    private const double Kilobyte = 1024;
    private const double Megabyte = 1024 * 1024;

    public static IReadOnlyList<FanOutRow> All { get; } =
    [
        new("CPU per delivery, µs", r => Median(r, f => f.CpuUsPerDelivery), "0.00")
        {
            Ratio = (r, other) => MedianOfRatios(r, other, f => f.CpuUsPerDelivery),
            Goal = new Goal(1.0, OnRatio: true, "<= 1.0 x plain"),
        },
        new("latency p50, ms", r => r.Latency?.MedianMs, "0.00") { Ratio = OfValues(r => r.Latency?.MedianMs) },
        new("latency p99, ms", r => r.Latency?.P99Ms, "0.00")
        {
            Ratio = OfValues(r => r.Latency?.P99Ms),
            Goal = new Goal(20, OnRatio: false, "<= 20 ms"),
        },
        new("latency max, ms", r => r.Latency?.MaxMs, "0.00"),
        new("idle connection, resident KB", r => r.IdleMemory?.ResidentBytesPerConnection / Kilobyte)
        {
            Ratio = OfValues(r => r.IdleMemory?.ResidentBytesPerConnection),
            Goal = new Goal(1.25, OnRatio: true, "<= 1.25 x plain"),
        },
        new("idle connection, heap KB", r => r.IdleMemory?.HeapBytesPerConnection / Kilobyte)
        {
            Ratio = OfValues(r => r.IdleMemory?.HeapBytesPerConnection),
        },
        new("allocated per delivery, bytes", r => Median(r, f => f.AllocatedBytesPerDelivery), "0")
        {
            Ratio = (r, other) => MedianOfRatios(r, other, f => f.AllocatedBytesPerDelivery),
        },
        new("not delivered", r => Sum(r, f => f.Expected - f.Delivered), "0") { Goal = new Goal(0, OnRatio: false, "0") },
        new("delivered twice", r => Sum(r, f => f.Duplicates), "0") { Goal = new Goal(0, OnRatio: false, "0") },
        new("out of order", r => Sum(r, f => f.Reordered), "0") { Goal = new Goal(0, OnRatio: false, "0") },
        new("publications refused", r => Sum(r, f => f.Refused), "0"),
        new("one stalled: others' p99 before, ms", r => r.Stall?.Without.P99Ms, "0.00"),
        new("one stalled: others' p99 during, ms", r => r.Stall?.With.P99Ms, "0.00"),
        new("one stalled: change of p99, %", r => (r.Stall?.With.P99Ms / r.Stall?.Without.P99Ms - 1) * 100)
        {
            Goal = new Goal(10, OnRatio: false, "<= 10 %"),
        },
        new("one stalled: others got, %", r => r.Stall?.DeliveredWith * 100),
        new("one stalled: resident growth, MB", r => r.Stall?.ResidentGrowthBytes / Megabyte),
        new("one stalled: closed by server", r => r.Stall?.ClosedByServer, "0"),
        new("compiling in the window, ms", r => Median(r, f => f.CompilationMs), "0"),
        new("server's share of its core, %", r => Median(r, f => f.ServerLoad * 100)),
        new("others' share of that core, %", r => Median(r, f => f.ForeignLoad * 100)),
        new("driver's share of its core, %", r => Median(r, f => f.DriverLoad * 100)),
        new("publisher late p99, ms", r => Median(r, f => f.PublisherLateP99Ms), "0.00"),
    ];

    private static Func<FanOutResults, FanOutResults, double?> OfValues(Func<FanOutResults, double?> value) => (r, other) => value(r) / value(other);

    private static double? Sum(FanOutResults results, Func<FanOutFigures, long> value) =>
        results.FanOut.Count == 0 ? null : results.FanOut.Sum(value);

    private static double? Median(FanOutResults results, Func<FanOutFigures, double?> value) => Statistics.Median(results.FanOut.Select(value));

    // Round by round, so that what drifts between rounds cancels.
    private static double? MedianOfRatios(FanOutResults results, FanOutResults other, Func<FanOutFigures, double?> value) =>
        Statistics.Median(results.FanOut.Zip(other.FanOut, (ours, theirs) => value(ours) / value(theirs)));
}
