namespace WhatsSound.Bench.Measures;

/// <summary>
/// Samples, sorted; a percentile is the smallest sample that at least that share of all samples does not exceed. Runs are merged by their samples:
/// percentiles are never averaged.
/// </summary>
internal sealed class Latencies
{
    private readonly int[] _sortedUs;

    public Latencies(IEnumerable<int> microseconds)
    {
        _sortedUs = [.. microseconds];
        Array.Sort(_sortedUs);
    }

    public int Count => _sortedUs.Length;

    public double MedianMs => PercentileMs(0.50);

    public double P99Ms => PercentileMs(0.99);

    public double MaxMs => PercentileMs(1);

    public IEnumerable<int> SamplesUs => _sortedUs;

    public double PercentileMs(double share) =>
        _sortedUs.Length == 0 ? double.NaN : _sortedUs[Math.Max(0, (int)Math.Ceiling(share * _sortedUs.Length) - 1)] / 1000.0;
}
