namespace WhatsSound.Grains.Queue.Order;

/// <summary>
/// Where a song stands, as numbers that do not change when songs before it start: the order of a queue is the order of these. So they also say where a
/// reader was who asks for the next page.
/// </summary>
/// <param name="IsUnpinned">Pinned songs come before all others.</param>
/// <param name="First">What the mode orders by: a virtual time, a rank, or votes.</param>
/// <param name="Second">Decides between equals.</param>
/// <param name="Third">The sequence: of two that are equal otherwise, the earlier.</param>
internal readonly record struct QueuePlace(bool IsUnpinned, long First, long Second, long Third) : IComparable<QueuePlace>
{
    /// <summary>Before every song.</summary>
    public static QueuePlace Start { get; } = new(false, long.MinValue, long.MinValue, long.MinValue);

    public int CompareTo(QueuePlace other)
    {
        var byPin = IsUnpinned.CompareTo(other.IsUnpinned);
        if (byPin != 0)
            return byPin;
        var byFirst = First.CompareTo(other.First);
        if (byFirst != 0)
            return byFirst;
        var bySecond = Second.CompareTo(other.Second);
        return bySecond != 0 ? bySecond : Third.CompareTo(other.Third);
    }

    public static bool operator <(QueuePlace left, QueuePlace right) => left.CompareTo(right) < 0;

    public static bool operator >(QueuePlace left, QueuePlace right) => left.CompareTo(right) > 0;

    public static bool operator <=(QueuePlace left, QueuePlace right) => left.CompareTo(right) <= 0;

    public static bool operator >=(QueuePlace left, QueuePlace right) => left.CompareTo(right) >= 0;
}
