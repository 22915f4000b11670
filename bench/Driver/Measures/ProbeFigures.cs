using System.Globalization;

namespace WhatsSound.Bench.Measures;

/// <summary>What the runtime of a server says of itself; null where it does not say.</summary>
internal sealed record ProbeFigures(long HeapBytes, long? AllocatedBytes, double? CompilationMs)
{
    /// <summary>Reads a probe's answer: three numbers, or a dash.</summary>
    public static ProbeFigures Parse(string text)
    {
        var figures = text.Split(' ').Select(f => long.TryParse(f, CultureInfo.InvariantCulture, out var figure) ? figure : (long?)null).ToArray();
        return new ProbeFigures(figures[0] ?? 0, figures[1], figures[2]);
    }
}
