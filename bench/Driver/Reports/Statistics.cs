namespace WhatsSound.Bench.Reports;

internal static class Statistics
{
    /// <summary>The middle value, or the mean of the two; null of nothing.</summary>
    public static double? Median(IEnumerable<double?> values)
    {
        var sorted = values.OfType<double>().Order().ToList();
        return sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
