using System.Globalization;

namespace WhatsSound.Tests.Simulation.Storms;

/// <summary>Which storms are run: a fixed few, or those that <c>WHATSSOUND_SEED</c> names: one, <c>17</c>, or a range, <c>1-500</c>.</summary>
internal static class Seeds
{
    public const string Variable = "WHATSSOUND_SEED";

    private const int Count = 4;

    /// <summary>Real time, far more than a storm takes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static IReadOnlyList<int> All { get; } = Read(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Runs the storm of a seed; what it throws says how to run it again.</summary>
    public static async Task RunAsync(int seed)
    {
        await using var world = new StormWorld(seed);
        try
        {
            await world.RunAsync(() => new Storm(world).RunAsync()).WaitAsync(Patience);
        }
        catch (Exception exception)
        {
            throw new SeedFailedException(seed, string.Join('\n', world.Findings.Notes), exception);
        }
    }

    private static int[] Read(string? asked)
    {
        if (string.IsNullOrEmpty(asked))
            return [.. Enumerable.Range(1, Count)];
        var ends = asked.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
        return [.. Enumerable.Range(ends[0], ends[^1] - ends[0] + 1)];
    }
}
