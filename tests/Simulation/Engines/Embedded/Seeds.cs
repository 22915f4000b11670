using System.Globalization;

namespace WhatsSound.Tests.Simulation;

/// <summary>Which runs are made: a fixed set, or those that <c>WHATSSOUND_SEED</c> names: one, <c>17</c>, or a range, <c>1-500</c>.</summary>
internal static class Seeds
{
    public const string Variable = "WHATSSOUND_SEED";

    private const int Count = 16;

    public static IReadOnlyList<int> All { get; } = Read(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Runs the storm of a seed; what it throws says how to see it again.</summary>
    public static Storm Run(int seed)
    {
        var storm = new Storm(seed);
        try
        {
            storm.Run();
        }
        catch (Exception exception)
        {
            throw new SeedFailedException(seed, storm.Story, exception);
        }

        return storm;
    }

    private static int[] Read(string? asked)
    {
        if (string.IsNullOrEmpty(asked))
            return [.. Enumerable.Range(1, Count)];
        var ends = asked.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
        return [.. Enumerable.Range(ends[0], ends[^1] - ends[0] + 1)];
    }
}
