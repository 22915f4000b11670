namespace WhatsSound.Tests.Simulation.Sync;

/// <summary>How often each size came, to within 4 %: hundreds of millions of pairs are too many to keep.</summary>
internal sealed class Skews
{
    private const double FinestMs = 1e-4;
    private const int PerOctave = 16;
    private const int Bins = 600;

    private readonly long[] _counts = new long[Bins];

    public long Count { get; private set; }

    public void Add(double sizeMs)
    {
        _counts[Math.Clamp((int)Math.Ceiling(Math.Log2(Math.Max(sizeMs, FinestMs) / FinestMs) * PerOctave), 0, Bins - 1)]++;
        Count++;
    }

    /// <summary>Every difference between two of these.</summary>
    public void AddPairs(IReadOnlyList<double> positionsMs)
    {
        for (var i = 0; i < positionsMs.Count; i++)
        {
            for (var j = 0; j < i; j++)
                Add(Math.Abs(positionsMs[i] - positionsMs[j]));
        }
    }

    /// <summary>The upper edge of the bin in which this share of all is reached; not a number, where nothing was seen.</summary>
    public double Percentile(double share)
    {
        if (Count == 0)
            return double.NaN;
        var left = Count * share;
        var bin = Array.FindIndex(_counts, count => (left -= count) <= 0);
        return FinestMs * Math.Pow(2, (double)bin / PerOctave);
    }
}
