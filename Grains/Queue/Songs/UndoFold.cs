namespace WhatsSound.Grains.Queue.Songs;

/// <summary>How an operation is undone: what it added goes, what it removed comes back, ranks and pins are as they were. What has left the queue since stays away.</summary>
internal static class UndoFold
{
    public static SongQueue Undo(SongQueue queue, OperationUndone undone)
    {
        if (queue.Undo.Operations.FirstOrDefault(one => one.Number == undone.Number) is not { } operation)
            return queue;
        var next = queue with { Undo = queue.Undo.Without(undone.Number) };
        foreach (var entryId in operation.Added.Where(next.Songs.ContainsKey))
            next = next.Without(next.Songs[entryId]);
        foreach (var song in operation.Removed.Where(song => !undone.ExceptEntryIds.Any(entryId => entryId == song.EntryId)))
            next = next.With(song.PinnedBy is { } by && next.Pinned.ContainsKey(by) ? song.Unpinned() : song, isBack: true);
        if (!operation.Ranks.IsEmpty)
            next = RankFold.Restore(next, operation.Ranks, operation.OrderedByVotes);
        // The last first: a pin that took another one's place gives it up before that one comes back.
        return operation.Pins.Reverse().Aggregate(next, Pin);
    }

    private static SongQueue Pin(SongQueue queue, FormerPin former)
    {
        if (!queue.Songs.TryGetValue(former.EntryId, out var song))
            return queue;
        var isTaken = former.PinnedBy is { } by && queue.Pinned.TryGetValue(by, out var other) && other != former.EntryId;
        return isTaken ? queue : queue.Replace(song with { PinnedBy = former.PinnedBy, PinSequence = former.PinSequence });
    }
}
