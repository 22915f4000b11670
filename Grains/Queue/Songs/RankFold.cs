using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Order;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Queue.Songs;

/// <summary>
/// How songs are ordered by hand: within the list of their contributor where there are rounds, in the line of all where there are none. A contributor whose
/// songs votes have ordered keeps that order at the first move, and orders by hand from then on.
/// </summary>
internal static class RankFold
{
    public static SongQueue Move(SongQueue queue, SongMoved moved)
    {
        var song = queue.Songs[moved.EntryId];
        var operation = QueueFold.Operation(queue, moved.ByUserId, moved.AtMs, tookManaging: !song.IsOf(moved.ByUserId));
        var isByVotes = queue.Order.HasRounds && IsByVotes(queue, song.AddedBy);
        if (isByVotes)
        {
            var former = ListOf(queue, song.AddedBy);
            operation = operation with { Ranks = Former(queue, former), OrderedByVotes = [song.AddedBy] };
            queue = ByHand(queue, song.AddedBy, former);
        }

        if (RankBefore(queue, song, moved.BeforeEntryId) is null)
            queue = RankAnew(queue, queue.Order.HasRounds ? song.AddedBy : null);

        // The rank on the scale that the others have now.
        if (!isByVotes)
            operation = operation with { Ranks = [new FormerRank(song.EntryId, queue.Songs[song.EntryId].Rank)] };
        var rank = RankBefore(queue, song, moved.BeforeEntryId) ?? song.Rank;
        return QueueFold.Remember(queue.Replace(queue.Songs[song.EntryId] with { Rank = rank }), operation);
    }

    /// <summary>Deals the ranks that songs have out among them, in an order that follows from the seed.</summary>
    public static SongQueue Shuffle(SongQueue queue, SongsShuffled shuffled)
    {
        var operation = QueueFold.Operation(queue, shuffled.ByUserId, shuffled.AtMs, tookManaging: shuffled.UserId != shuffled.ByUserId);
        var contributors = !queue.Order.HasRounds ? [null]
            : shuffled.UserId is { } only ? [only]
            : queue.Order.Contributors.ByUser.Values.Where(one => one.Own.Count > 0).Select(one => (string?)one.UserId).Order(StringComparer.Ordinal).ToList();
        var next = queue with { Undo = queue.Undo.WithoutRanks() };
        foreach (var userId in contributors)
        {
            var list = ListOf(queue, userId);
            operation = operation with { Ranks = operation.Ranks.AddRange(Former(queue, list)) };
            if (userId is not null && IsByVotes(queue, userId))
                operation = operation with { OrderedByVotes = operation.OrderedByVotes.Add(userId) };
            next = ByHand(next, userId, [.. list.OrderBy(song => Mix((ulong)shuffled.Seed, (ulong)song.Sequence)).ThenBy(song => song.Sequence)]);
        }

        return QueueFold.Remember(next, operation);
    }

    /// <summary>Gives ranks, and their orders back to votes.</summary>
    public static SongQueue Restore(SongQueue queue, ImmutableArray<FormerRank> ranks, ImmutableArray<string> orderedByVotes)
    {
        var songs = queue.Songs.SetItems(ranks.Where(former => queue.Songs.ContainsKey(former.EntryId))
            .Select(former => KeyValuePair.Create(former.EntryId, queue.Songs[former.EntryId] with { Rank = former.Rank })));
        var byVotes = orderedByVotes.ToHashSet(StringComparer.Ordinal);
        var contributors = queue.Order.Contributors.ByUser.Values.Select(one => byVotes.Contains(one.UserId) ? one with { IsManual = false } : one);
        return queue with { Songs = songs, Order = queue.Order.Restored(contributors, songs.Values) };
    }

    private static bool IsByVotes(SongQueue queue, string userId) => queue.Mode == QueueMode.Fair && !queue.Order.Contributors.Of(userId).IsManual;

    /// <summary>A contributor's songs in their order; null: those of all.</summary>
    private static List<QueuedSong> ListOf(SongQueue queue, string? userId) =>
        [.. (userId is null ? queue.Order.Line : queue.Order.Contributors.Of(userId).Own).Select(placed => queue.Songs[placed.Id])];

    private static ImmutableArray<FormerRank> Former(SongQueue queue, List<QueuedSong> songs) =>
        [.. songs.Select(song => new FormerRank(song.EntryId, queue.Songs[song.EntryId].Rank))];

    private static SongQueue ByHand(SongQueue queue, string? userId, List<QueuedSong> inOrder) =>
        Ranked(queue, userId, inOrder, [.. inOrder.Select(song => song.Rank).Order()]);

    private static SongQueue RankAnew(SongQueue queue, string? userId)
    {
        var list = ListOf(queue, userId);
        var first = queue.LastSequence - list.Count + 1;
        return Ranked(queue with { Undo = queue.Undo.WithoutRanks() }, userId, list, [.. list.Select((_, index) => Ranks.Of(first + index))]);
    }

    private static SongQueue Ranked(SongQueue queue, string? userId, List<QueuedSong> inOrder, List<long> ranks)
    {
        var ranked = inOrder.Select((song, index) => song with { Rank = ranks[index] }).ToList();
        var songs = queue.Songs.SetItems(ranked.Select(song => KeyValuePair.Create(song.EntryId, song)));
        return queue with
        {
            Songs = songs,
            Order = userId is null
                ? queue.Order.Restored(queue.Order.Contributors.ByUser.Values, songs.Values)
                : queue.Order.ByHand(queue.Order.Contributors.Of(userId), ranked),
        };
    }

    /// <summary>A rank between the song to stand before and the one before that; null if there is none left.</summary>
    private static long? RankBefore(SongQueue queue, QueuedSong song, string? beforeEntryId)
    {
        var contributor = queue.Order.Contributors.Of(song.AddedBy);
        var list = queue.Order.HasRounds ? contributor.Own : queue.Order.Line;
        Placed PlaceOf(QueuedSong one) => queue.Order.HasRounds ? queue.Order.OwnPlaceOf(contributor, one) : queue.Order.LinePlaceOf(one);

        list = list.Remove(PlaceOf(queue.Songs[song.EntryId]));
        var index = beforeEntryId is null ? list.Count : list.IndexOf(PlaceOf(queue.Songs[beforeEntryId]));
        var upper = index < list.Count ? list[index].First : Ranks.Of(queue.LastSequence + 1);
        var lower = index > 0 ? list[index - 1].First : upper - Ranks.Of(2);
        return Ranks.Between(lower, upper);
    }

    /// <summary>The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): the same numbers on every machine.</summary>
    private static ulong Mix(ulong seed, ulong number)
    {
        unchecked
        {
            var mixed = seed + (number * 0x9E3779B97F4A7C15);
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
