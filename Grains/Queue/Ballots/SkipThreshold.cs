namespace WhatsSound.Grains.Queue.Ballots;

/// <summary>
/// How many of those who have a say must say it. Unless a room has its own ratio: half of them, but at least two and at most three times the square root: half of
/// a large room never votes.
/// </summary>
/// <param name="RatioPermille">The room's own share of those who have a say; null: as above.</param>
/// <param name="Least">As many at least, as far as there are so many.</param>
internal sealed record SkipThreshold(int? RatioPermille = null, int Least = 2)
{
    public static SkipThreshold Default { get; } = new();

    /// <summary>1 of 1; never less than 1, so nobody is no majority.</summary>
    public int Need(int eligible)
    {
        if (eligible <= 1)
            return 1;
        var share = RatioPermille is { } ratio ? DivideUp((long)eligible * ratio, 1000) : Math.Min(DivideUp(eligible, 2), RootUp(9L * eligible));
        return (int)Math.Max(1, Math.Max(Math.Min(Least, eligible), Math.Min(share, eligible)));
    }

    private static long DivideUp(long number, long by) => (number + by - 1) / by;

    /// <summary>The least whole number whose square is not less; exact on every machine.</summary>
    private static long RootUp(long square)
    {
        var root = (long)Math.Sqrt(square);
        while (root * root < square)
            root++;
        while (root > 0 && (root - 1) * (root - 1) >= square)
            root--;
        return root;
    }
}
