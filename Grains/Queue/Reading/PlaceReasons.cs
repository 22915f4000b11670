using WhatsSound.Grains.Queue.Order;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Queue.Reading;

/// <summary>Answers "why is my song third": the numbers that its place follows from, and what stands before it, each with what decides between the two.</summary>
internal static class PlaceReasons
{
    /// <summary>Null: there is no such song in the queue. Costs a bisection for each contributor who comes before; in modes without rounds, a pass over the songs.</summary>
    public static PlaceReason? Of(SongQueue queue, string entryId)
    {
        if (!queue.Songs.TryGetValue(entryId, out var song))
            return null;
        var countBefore = queue.Order.CountBefore(song);
        var turn = TurnOf(queue, song);
        var contributor = queue.Order.Contributors.Of(song.AddedBy);
        return new PlaceReason
        {
            EntryId = entryId,
            Place = countBefore + 1,
            Total = queue.Songs.Count,
            Mode = queue.Mode,
            Turn = turn + 1,
            RoundsAhead = HasTurn(queue, song) ? (int)((StartTag(queue, song) - queue.Order.VirtualTime) / Rounds.Round) : null,
            Score = song.Score,
            BonusPercent = queue.Mode == QueueMode.Fair && !song.IsPinned ? (int)Rounds.Bonus(song.Score) : null,
            PinnedBy = song.PinnedBy,
            IsOrderedByHand = queue.Mode == QueueMode.Fair && contributor.IsManual,
            Before = [.. queue.Order.Songs().Take(Math.Min(countBefore, PlaceReason.BeforeMax)).Select(before => Why(queue, queue.Songs[before], song))],
        };
    }

    private static bool HasTurn(SongQueue queue, QueuedSong song) => queue.Order.HasRounds && !song.IsPinned;

    /// <summary>How many songs of the same contributor come before.</summary>
    private static int TurnOf(SongQueue queue, QueuedSong song)
    {
        var contributor = queue.Order.Contributors.Of(song.AddedBy);
        if (HasTurn(queue, song))
            return contributor.PinnedCount + contributor.Own.IndexOf(queue.Order.OwnPlaceOf(contributor, song));
        var place = queue.Order.PlaceOf(song);
        return queue.Songs.Values.Count(other => other.AddedBy == song.AddedBy && queue.Order.PlaceOf(other) < place);
    }

    private static long StartTag(SongQueue queue, QueuedSong song) =>
        Rounds.StartTag(queue.Order.Contributors.Of(song.AddedBy), queue.Order.VirtualTime, TurnOf(queue, song));

    private static PlaceBefore Why(SongQueue queue, QueuedSong first, QueuedSong second) =>
        new() { EntryId = first.EntryId, AddedBy = first.AddedBy, Cause = CauseOf(queue, first, second) };

    private static PlaceCause CauseOf(SongQueue queue, QueuedSong first, QueuedSong second)
    {
        if (first.IsPinned)
            return PlaceCause.Pinned;
        return queue.Mode switch
        {
            QueueMode.Fifo => first.Sequence < second.Sequence ? PlaceCause.Earlier : PlaceCause.Moved,
            QueueMode.Votes => first.Score > second.Score ? PlaceCause.Votes : PlaceCause.Earlier,
            _ when first.AddedBy == second.AddedBy => PlaceCause.OwnOrder,
            QueueMode.Dj => PlaceCause.Turn,
            _ => FairCauseOf(queue, first, second),
        };
    }

    private static PlaceCause FairCauseOf(SongQueue queue, QueuedSong first, QueuedSong second)
    {
        var byTag = StartTag(queue, first).CompareTo(StartTag(queue, second));
        if (byTag != 0)
            return byTag < 0 ? PlaceCause.Turn : PlaceCause.Votes;
        if (Rounds.Bonus(first.Score) != Rounds.Bonus(second.Score))
            return PlaceCause.Votes;
        return queue.Order.PlaceOf(first).Second < queue.Order.PlaceOf(second).Second ? PlaceCause.Turn : PlaceCause.Earlier;
    }
}
