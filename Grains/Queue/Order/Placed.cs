namespace WhatsSound.Grains.Queue.Order;

/// <summary>An id with its place in a sorted set: the lower number comes first, the second and the third decide between equals.</summary>
internal readonly record struct Placed(long First, long Second, long Third, string Id);

/// <summary>The order of <see cref="Placed"/>.</summary>
internal sealed class PlacedComparer : IComparer<Placed>
{
    public static PlacedComparer Instance { get; } = new();

    public int Compare(Placed x, Placed y)
    {
        var byFirst = x.First.CompareTo(y.First);
        if (byFirst != 0)
            return byFirst;
        var bySecond = x.Second.CompareTo(y.Second);
        if (bySecond != 0)
            return bySecond;
        var byThird = x.Third.CompareTo(y.Third);
        return byThird != 0 ? byThird : string.CompareOrdinal(x.Id, y.Id);
    }
}
