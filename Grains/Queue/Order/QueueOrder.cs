using System.Collections.Immutable;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Queue.Order;

/// <summary>
/// The order of a queue, kept as songs and votes come and go, at the cost of a few steps in sorted sets, whatever the queue's length. Pinned songs stand in
/// <see cref="Pins"/>. The others stand in <see cref="Line"/>: in modes with rounds as their contributors, each where the first of their songs is, and with
/// their own list; otherwise themselves. It knows where songs stand, and nothing else of them.
/// </summary>
internal sealed record QueueOrder
{
    private readonly IComparer<Placed> _comparer;

    /// <param name="mode">How it orders.</param>
    /// <param name="comparer">Compares; a test counts with it.</param>
    public QueueOrder(QueueMode mode, IComparer<Placed> comparer)
    {
        _comparer = comparer;
        Mode = mode;
        Contributors = new Contributors(comparer);
        Pins = ImmutableSortedSet.Create(comparer);
        Line = ImmutableSortedSet.Create(comparer);
    }

    public QueueMode Mode { get; }

    /// <summary>Whether contributors take turns.</summary>
    public bool HasRounds => Mode is QueueMode.Fair or QueueMode.Dj;

    /// <summary>The virtual time V, in hundredths of a round.</summary>
    public long VirtualTime { get; private init; }

    /// <summary>How many times somebody stepped up.</summary>
    public long LastSlot { get; private init; }

    public Contributors Contributors { get; private init; }

    public ImmutableSortedSet<Placed> Pins { get; private init; }

    public ImmutableSortedSet<Placed> Line { get; private init; }

    /// <summary>Adds a song. With their first, contributors step up to the end of the line of DJs, unless the song is back from being removed.</summary>
    public QueueOrder Add(QueuedSong song, bool isBack)
    {
        var contributor = Contributors.Of(song.AddedBy);
        var order = this;
        if (!contributor.IsBacklogged && !(isBack && contributor.Slot > 0))
        {
            contributor = contributor with { Slot = LastSlot + 1, IsManual = false };
            order = this with { LastSlot = LastSlot + 1 };
        }

        contributor = contributor with
        {
            Count = contributor.Count + 1,
            DurationMs = contributor.DurationMs + song.Track.DurationMs,
            AddedAtMs = Math.Max(contributor.AddedAtMs, song.AddedAtMs),
        };
        return order.Put(contributor, song);
    }

    public QueueOrder Remove(QueuedSong song)
    {
        var contributor = Contributors.Of(song.AddedBy);
        contributor = contributor with { Count = contributor.Count - 1, DurationMs = contributor.DurationMs - song.Track.DurationMs };
        return Take(contributor, song);
    }

    /// <summary>The song has got other votes, another rank, or a pin.</summary>
    public QueueOrder Replace(QueuedSong before, QueuedSong after)
    {
        var taken = Take(Contributors.Of(before.AddedBy), before);
        return taken.Put(taken.Contributors.Of(after.AddedBy), after);
    }

    /// <summary>Takes a song out because it starts now, and charges its contributor: the playing song counts at once.</summary>
    public QueueOrder Serve(QueuedSong song, long atMs)
    {
        var taken = Remove(song);
        var contributor = taken.Contributors.Of(song.AddedBy);
        var finish = Rounds.FinishAfterServing(contributor.Finish, VirtualTime);
        var charged = taken.With(contributor with { Finish = finish, ServedAtMs = atMs });
        return charged with
        {
            VirtualTime = Rounds.VirtualTimeAfter(VirtualTime, finish, charged.Contributors.LeastFinish),
            Contributors = charged.Contributors.Forget(atMs),
        };
    }

    /// <summary>
    /// The same songs, ordered anew. Where rounds begin, nobody is behind by more than one: what was served before them was not served by them.
    /// </summary>
    public QueueOrder WithMode(QueueMode mode, IEnumerable<QueuedSong> songs)
    {
        var next = new QueueOrder(mode, _comparer) { VirtualTime = VirtualTime, LastSlot = LastSlot };
        var isStart = next.HasRounds && !HasRounds;
        return next.Restored(
            Contributors.ByUser.Values.Select(one => isStart ? one with { Finish = Math.Min(one.Finish, VirtualTime + Rounds.Round) } : one), songs);
    }

    /// <summary>A contributor orders their songs by hand from now on; these are those that are not pinned, with their new ranks.</summary>
    public QueueOrder ByHand(Contributor contributor, IEnumerable<QueuedSong> unpinned)
    {
        var byHand = contributor with { IsManual = true };
        return With(byHand with { Own = ImmutableSortedSet.CreateRange(_comparer, unpinned.Select(song => OwnPlaceOf(byHand, song))) });
    }

    /// <summary>The same songs, whose ranks have changed.</summary>
    public QueueOrder Restored(IEnumerable<Contributor> contributors, IEnumerable<QueuedSong> songs) =>
        Restored(VirtualTime, LastSlot, contributors, songs);

    /// <summary>Builds everything from tags and songs; costs a sort.</summary>
    public QueueOrder Restored(long virtualTime, long lastSlot, IEnumerable<Contributor> contributors, IEnumerable<QueuedSong> songs)
    {
        var all = songs.ToList();
        var byUser = all.ToLookup(song => song.AddedBy, StringComparer.Ordinal);
        var unpinned = all.Where(song => !song.IsPinned);
        var restored = this with
        {
            VirtualTime = virtualTime,
            LastSlot = lastSlot,
            Contributors = Contributors.Restored(contributors.Select(one => Counted(one, byUser[one.UserId]))),
            Pins = ImmutableSortedSet.CreateRange(_comparer, all.Where(song => song.IsPinned).Select(PinOf)),
        };
        var heads = HasRounds ? restored.Contributors.ByUser.Values.Select(restored.HeadOf).OfType<Placed>() : unpinned.Select(LinePlaceOf);
        return restored with { Line = ImmutableSortedSet.CreateRange(_comparer, heads) };
    }

    public Placed OwnPlaceOf(Contributor contributor, QueuedSong song) =>
        new(Mode == QueueMode.Fair && !contributor.IsManual ? -song.Score : song.Rank, song.Sequence, song.Score, song.EntryId);

    public static Placed PinOf(QueuedSong song) => new(song.PinSequence, 0, song.Sequence, song.EntryId);

    /// <summary>A song's place in <see cref="Line"/> in a mode without rounds.</summary>
    public Placed LinePlaceOf(QueuedSong song) => new(Mode == QueueMode.Votes ? -song.Score : song.Rank, 0, song.Sequence, song.EntryId);

    private Contributor Counted(Contributor one, IEnumerable<QueuedSong> songs)
    {
        var theirs = songs.ToList();
        return one with
        {
            Count = theirs.Count,
            PinnedCount = theirs.Count(song => song.IsPinned),
            DurationMs = theirs.Sum(song => song.Track.DurationMs),
            Own = ImmutableSortedSet.CreateRange(_comparer, HasRounds ? theirs.Where(song => !song.IsPinned).Select(song => OwnPlaceOf(one, song)) : []),
        };
    }

    private QueueOrder Put(Contributor contributor, QueuedSong song)
    {
        if (song.IsPinned)
            return With(contributor with { PinnedCount = contributor.PinnedCount + 1 }) with { Pins = Pins.Add(PinOf(song)) };
        return HasRounds
            ? With(contributor with { Own = contributor.Own.Add(OwnPlaceOf(contributor, song)) })
            : With(contributor) with { Line = Line.Add(LinePlaceOf(song)) };
    }

    private QueueOrder Take(Contributor contributor, QueuedSong song)
    {
        if (song.IsPinned)
            return With(contributor with { PinnedCount = contributor.PinnedCount - 1 }) with { Pins = Pins.Remove(PinOf(song)) };
        return HasRounds
            ? With(contributor with { Own = contributor.Own.Remove(OwnPlaceOf(contributor, song)) })
            : With(contributor) with { Line = Line.Remove(LinePlaceOf(song)) };
    }

    /// <summary>A contributor has changed: so may where they stand in the line.</summary>
    private QueueOrder With(Contributor after)
    {
        var (from, to) = HasRounds ? (HeadOf(Contributors.Of(after.UserId)), HeadOf(after)) : (null, null);
        var line = Line;
        if (from != to)
        {
            line = from is { } gone ? line.Remove(gone) : line;
            line = to is { } come ? line.Add(come) : line;
        }

        return this with { Contributors = Contributors.With(after), Line = line };
    }

    /// <summary>Where a contributor stands: where the first of their songs does. Null: they have none that is not pinned.</summary>
    private Placed? HeadOf(Contributor contributor)
    {
        if (contributor.Own.IsEmpty)
            return null;
        var first = contributor.Own.Min;
        var place = Rounds.PlaceOf(Mode, contributor, VirtualTime, contributor.PinnedCount, first.Third, first.Second);
        return new Placed(place.First, place.Second, place.Third, contributor.UserId);
    }
}
