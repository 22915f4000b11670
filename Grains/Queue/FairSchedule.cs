namespace WhatsSound.Grains.Queue;

/// <summary>
/// Start-time fair queueing over contributors (Goyal, Vin and Cheng, 1996), with votes. A scratch copy of a queue that can be served:
/// contributors who have been served least come first, a well-voted song moves its contributor up by at most one round, and votes order the songs of
/// one contributor. Whole numbers only, so that every machine computes the same order.
/// </summary>
internal sealed class FairSchedule
{
    /// <summary>One song served, in hundredths.</summary>
    public const long Round = 100;

    /// <summary>What a net vote is worth, in hundredths of a round: 0.08, so that 13 move a song by a full round.</summary>
    public const long VoteWorth = 8;

    private readonly List<Contributor> _contributors;
    private long _virtualTime;

    public FairSchedule(QueueState queue)
    {
        _virtualTime = queue.VirtualTime;
        _contributors = [.. queue.Entries.Values
            .GroupBy(entry => entry.AddedBy, StringComparer.Ordinal)
            .Select(group => new Contributor(queue.Tags.GetValueOrDefault(group.Key)?.Finish ?? 0, InVotedOrder(group)))];
    }

    /// <summary>Serves the next entry; null when nothing is left. Cost: one pass over the contributors.</summary>
    public QueueEntry? TakeNext()
    {
        if (_contributors.Count == 0)
            return null;
        var best = _contributors[0];
        foreach (var contributor in _contributors)
        {
            if (Compare(contributor, best) < 0)
                best = contributor;
        }

        var entry = best.Entries.Dequeue();
        best.Finish = FinishAfterServing(best.Finish, _virtualTime);
        if (best.Entries.Count == 0)
            _contributors.Remove(best);
        _virtualTime = VirtualTimeAfter(_virtualTime, best.Finish, _contributors.Select(contributor => contributor.Finish));
        return entry;
    }

    /// <summary>F_u := max(F_u, V) + 1 round.</summary>
    public static long FinishAfterServing(long finish, long virtualTime) => Math.Max(finish, virtualTime) + Round;

    /// <summary>
    /// V := the least max(F, V) of those who still have songs queued. If nobody has, V keeps within a round of the one who was served: who played alone
    /// for an hour does not owe that hour to the next who comes.
    /// </summary>
    public static long VirtualTimeAfter(long virtualTime, long servedFinish, IEnumerable<long> backloggedFinishes)
    {
        var least = long.MaxValue;
        foreach (var finish in backloggedFinishes)
            least = Math.Min(least, Math.Max(finish, virtualTime));
        return least == long.MaxValue ? Math.Max(virtualTime, servedFinish - Round) : least;
    }

    private static Queue<QueueEntry> InVotedOrder(IEnumerable<QueueEntry> entries) =>
        new(entries.OrderByDescending(entry => entry.NetVotes).ThenBy(entry => entry.Sequence));

    private int Compare(Contributor left, Contributor right)
    {
        var byKey = KeyOf(left).CompareTo(KeyOf(right));
        if (byKey != 0)
            return byKey;
        var byFinish = left.Finish.CompareTo(right.Finish);
        return byFinish != 0 ? byFinish : left.Entries.Peek().Sequence.CompareTo(right.Entries.Peek().Sequence);
    }

    private long KeyOf(Contributor contributor) =>
        Math.Max(contributor.Finish, _virtualTime) - Math.Min(Round, VoteWorth * Math.Max(0, contributor.Entries.Peek().NetVotes));

    private sealed class Contributor(long finish, Queue<QueueEntry> entries)
    {
        public long Finish { get; set; } = finish;

        public Queue<QueueEntry> Entries { get; } = entries;
    }
}
