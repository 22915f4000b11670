namespace WhatsSound.Grains.Queue.Order;

/// <summary>
/// Reads an order: who is next, where a song stands, what comes after a place. Songs of a contributor stand at places that only grow, so the order of all is
/// a merge of contributors' lists, and the rest of a list is found by bisection.
/// </summary>
internal static class OrderReading
{
    /// <summary>The ids of all songs in playing order, as far as they are asked for. A step costs the logarithm of the length.</summary>
    public static IEnumerable<string> Songs(this QueueOrder order) => order.After(QueuePlace.Start);

    /// <summary>The ids of the songs that stand after a place.</summary>
    public static IEnumerable<string> After(this QueueOrder order, QueuePlace place)
    {
        if (!place.IsUnpinned)
        {
            for (var i = FirstAfter(order.Pins.Count, at => PinPlace(order.Pins[at]), place); i < order.Pins.Count; i++)
                yield return order.Pins[i].Id;
        }

        var line = order.HasRounds ? Merge(order, place) : LineAfter(order, place);
        foreach (var entryId in line)
            yield return entryId;
    }

    public static QueuePlace PlaceOf(this QueueOrder order, QueuedSong song)
    {
        if (song.IsPinned)
            return PinPlace(QueueOrder.PinOf(song));
        if (!order.HasRounds)
            return LinePlace(order.LinePlaceOf(song));
        var contributor = order.Contributors.Of(song.AddedBy);
        return PlaceAt(order, contributor, contributor.Own.IndexOf(order.OwnPlaceOf(contributor, song)));
    }

    /// <summary>How many songs stand before this one. Costs a bisection for each contributor who stands before it.</summary>
    public static int CountBefore(this QueueOrder order, QueuedSong song)
    {
        if (song.IsPinned)
            return order.Pins.IndexOf(QueueOrder.PinOf(song));
        if (!order.HasRounds)
            return order.Pins.Count + order.Line.IndexOf(order.LinePlaceOf(song));
        var place = order.PlaceOf(song);
        var count = order.Pins.Count;
        foreach (var head in order.Line)
        {
            if (LinePlace(head) >= place)
                break;
            var contributor = order.Contributors.Of(head.Id);
            count += FirstNotBefore(contributor.Own.Count, index => PlaceAt(order, contributor, index), place);
        }

        return count;
    }

    /// <summary>Where a contributor's song of this index stands, in a mode with rounds.</summary>
    public static QueuePlace PlaceAt(QueueOrder order, Contributor contributor, int index)
    {
        var own = contributor.Own[index];
        return Rounds.PlaceOf(order.Mode, contributor, order.VirtualTime, contributor.PinnedCount + index, own.Third, own.Second);
    }

    private static IEnumerable<string> LineAfter(QueueOrder order, QueuePlace place)
    {
        for (var i = FirstAfter(order.Line.Count, at => LinePlace(order.Line[at]), place); i < order.Line.Count; i++)
            yield return order.Line[i].Id;
    }

    private static IEnumerable<string> Merge(QueueOrder order, QueuePlace place)
    {
        var waiting = new PriorityQueue<(Contributor Contributor, int Index), QueuePlace>();
        var next = FirstAfter(order.Line.Count, at => LinePlace(order.Line[at]), place);
        for (var i = 0; i < next; i++)
        {
            var contributor = order.Contributors.Of(order.Line[i].Id);
            Wait(contributor, FirstAfter(contributor.Own.Count, index => PlaceAt(order, contributor, index), place));
        }

        while (true)
        {
            if (next < order.Line.Count && (!waiting.TryPeek(out _, out var first) || LinePlace(order.Line[next]) < first))
                Wait(order.Contributors.Of(order.Line[next++].Id), 0);
            if (!waiting.TryDequeue(out var taken, out _))
                yield break;
            yield return taken.Contributor.Own[taken.Index].Id;
            Wait(taken.Contributor, taken.Index + 1);
        }

        void Wait(Contributor contributor, int index)
        {
            if (index < contributor.Own.Count)
                waiting.Enqueue((contributor, index), PlaceAt(order, contributor, index));
        }
    }

    private static QueuePlace PinPlace(Placed pin) => new(false, pin.First, pin.Second, pin.Third);

    private static QueuePlace LinePlace(Placed one) => new(true, one.First, one.Second, one.Third);

    private static int FirstAfter(int count, Func<int, QueuePlace> placeAt, QueuePlace place) => Bisect(count, index => placeAt(index) > place);

    private static int FirstNotBefore(int count, Func<int, QueuePlace> placeAt, QueuePlace place) => Bisect(count, index => placeAt(index) >= place);

    /// <summary>The first index from which on it is so; the count if it never is.</summary>
    private static int Bisect(int count, Func<int, bool> isSo)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (isSo(middle))
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
