using WhatsSound.Bench.Measures;

namespace WhatsSound.Bench.FanOut;

/// <summary>Everything behind the table, with the histograms.</summary>
internal static class FanOutJson
{
    public static object Figures(IReadOnlyList<FanOutResults> results) => results.Select(Server).ToList();

    private static object Server(FanOutResults r) => new
    {
        name = r.Server.Name,
        rows = FanOutRows.All.Where(row => row.Value(r) is not null).ToDictionary(row => row.Name, row => row.Value(r), StringComparer.Ordinal),
        rounds = r.FanOut.Select(f => new
        {
            f.CpuUsPerDelivery,
            f.AllocatedBytesPerDelivery,
            f.Delivered,
            f.Expected,
            f.Refused,
            f.FirstRefusal,
            f.ServerLoad,
            f.ForeignLoad,
            f.DriverLoad,
            p50Ms = f.Latency.MedianMs,
            p99Ms = f.Latency.P99Ms,
        }),
        histogramMs = r.Latency is { } latency ? Histogram(latency) : null,
        r.IdleMemory,
    };

    // Upper edges a quarter of an octave apart, from 0.1 ms: 19 % wide, 4 per doubling.
    private static List<double[]> Histogram(Latencies latencies)
    {
        var bins = new SortedDictionary<int, int>();
        foreach (var sampleUs in latencies.SamplesUs)
        {
            var bin = Math.Max(0, (int)Math.Ceiling(4 * Math.Log2(sampleUs / 100.0)));
            bins[bin] = bins.GetValueOrDefault(bin) + 1;
        }

        return [.. bins.Select(b => new[] { Math.Round(0.1 * Math.Pow(2, b.Key / 4.0), 3), b.Value })];
    }
}
