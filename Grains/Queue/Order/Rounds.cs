using WhatsSound.Queue;

namespace WhatsSound.Grains.Queue.Order;

/// <summary>
/// Start-time fair queueing over contributors (Goyal, Vin and Cheng, 1996), with votes. A contributor u has been served up to a finish tag F_u, the
/// room up to a virtual time V. The k-th song of u, counted from 0, has the start tag max(F_u, V) + k rounds, and stands where its tag less its vote bonus is.
/// Whole numbers only, so that every machine computes the same order.
/// </summary>
internal static class Rounds
{
    /// <summary>One song served, in hundredths.</summary>
    public const long Round = 100;

    /// <summary>What a vote is worth, in hundredths of a round: twelve, with the adder's own, move a song by a full round.</summary>
    public const long VoteWorth = 8;

    /// <summary>How far votes move a song up: by at most one round.</summary>
    public static long Bonus(long score) => Math.Min(Round, VoteWorth * Math.Max(0, score));

    /// <summary>F_u := max(F_u, V) + 1 round.</summary>
    public static long FinishAfterServing(long finish, long virtualTime) => Math.Max(finish, virtualTime) + Round;

    /// <summary>
    /// V := the least max(F, V) of those who still have songs queued, which <paramref name="leastFinish"/> is the least F of. If nobody has, V keeps within
    /// a round of the one who was served: who played alone for an hour does not owe that hour to the next who comes.
    /// </summary>
    public static long VirtualTimeAfter(long virtualTime, long servedFinish, long? leastFinish) =>
        Math.Max(virtualTime, leastFinish ?? (servedFinish - Round));

    /// <summary>The start tag of a song that <paramref name="before"/> others of its contributor stand before.</summary>
    public static long StartTag(Contributor contributor, long virtualTime, int before) =>
        Math.Max(contributor.Finish, virtualTime) + (before * Round);

    /// <summary>Where a contributor's song stands in the modes that have rounds. V's advance never changes it while the contributor has songs.</summary>
    public static QueuePlace PlaceOf(QueueMode mode, Contributor contributor, long virtualTime, int before, long score, long sequence)
    {
        var start = StartTag(contributor, virtualTime, before);
        return mode == QueueMode.Dj
            ? new QueuePlace(true, start, contributor.Slot, sequence)
            : new QueuePlace(true, start - Bonus(score), before == 0 ? contributor.Finish : start, sequence);
    }
}
