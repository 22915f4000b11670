namespace WhatsSound.Grains.Queue.Order;

/// <summary>
/// Places for songs that are ordered by hand. A song is added with a rank that follows from its sequence, above all ranks before it; a song that is moved
/// gets one between its new neighbours.
/// </summary>
internal static class Ranks
{
    /// <summary>As many songs can be moved to one place, one after the other, before the list is ranked anew.</summary>
    private const int Halvings = 24;

    public static long Of(long sequence) => sequence << Halvings;

    /// <summary>A rank between two others; null if there is none.</summary>
    public static long? Between(long lower, long upper) => upper - lower < 2 ? null : lower + ((upper - lower) / 2);
}
