namespace WhatsSound.Embedded.Simulation;

/// <summary>FNV-1a, 64 bits.</summary>
internal static class Fnv
{
    public const ulong Start = 14695981039346656037;

    public static ulong Add(ulong hash, string text)
    {
        foreach (var character in text) hash = unchecked((hash ^ character) * 1099511628211);
        return hash;
    }
}
