using System.Collections.Concurrent;

namespace WhatsSound.Tests.Simulation.Faults;

/// <summary>Chance that follows from the seed: the same throw of the same kind falls the same way, whichever thread comes to it first.</summary>
internal sealed class Dice(int seed)
{
    private readonly ConcurrentDictionary<string, long> _counts = [];

    /// <summary>The next throw of this kind, at least 0 and below 1.</summary>
    public double Next(string kind) => Of(kind, _counts.AddOrUpdate(kind, 1, static (_, count) => count + 1));

    /// <summary>Whether the next throw of this kind hits, with that chance.</summary>
    public bool Hits(string kind, double chance) => Next(kind) < chance;

    /// <summary>A sequence of its own, for who throws alone.</summary>
    public Random For(string who) => new((int)(Mix(seed, who, 0) >> 33));

    private double Of(string kind, long number) => (Mix(seed, kind, number) >> 11) * (1.0 / (1UL << 53));

    // SplitMix64 over the seed, the kind and the number: string hashes differ from process to process.
    private static ulong Mix(int seed, string kind, long number)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in kind)
            hash = unchecked((hash ^ character) * 1099511628211UL);
        var mixed = unchecked(hash + ((ulong)number * 0x9E3779B97F4A7C15UL) + ((ulong)(uint)seed * 0xD1B54A32D192ED03UL));
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL);
        return mixed ^ (mixed >> 31);
    }
}
