namespace WhatsSound;

/// <summary>The finalizer of SplitMix64 (Steele, Lea and Flood, 2014).</summary>
public static class SplitMix64
{
    /// <summary>A number in which every bit of the value decides about every bit; different for different values.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
