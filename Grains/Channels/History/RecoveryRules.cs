using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// The verdicts on a gap. They come from positions alone, never from how long ago something was published: a subscriber at the head of a channel that has
/// been quiet for a year has missed nothing.
/// </summary>
internal static class RecoveryRules
{
    /// <summary>The most publications one recovery answers from the message log.</summary>
    public const int LoggedCountMax = 1_000;

    /// <summary>Whether the subscriber's position is of this numbering, so that offsets can tell what is missing.</summary>
    public static bool IsComparable(Position since, Position head) =>
        string.Equals(since.Epoch, head.Epoch, StringComparison.Ordinal) && since.Offset >= 0 && since.Offset <= head.Offset;

    /// <summary>How many publications a rewind answers at most.</summary>
    public static int BoundCount(int count) => Math.Clamp(count, 1, PublicationLimits.RewindCountMax);

    /// <summary>How far back a rewind goes at most.</summary>
    public static long BoundMs(long ms) => Math.Clamp(ms, 1, PublicationLimits.RewindMsMax);

    /// <summary>The answer where no gap was named.</summary>
    public static Recovery Live(Position head, DeliveryClass deliveryClass, ImmutableArray<Publication> rewound) =>
        new() { Position = head, Verdict = Verdict.Live, Class = deliveryClass, Publications = rewound };

    /// <summary>The answer where the numbering that the subscriber knew is gone.</summary>
    public static Recovery LostEpoch(Position head, DeliveryClass deliveryClass) =>
        new() { Position = head, Verdict = Verdict.Lost, Class = deliveryClass, Publications = [] };

    /// <summary>The answer to a gap of this numbering: all of it, or the statement that it is lost.</summary>
    public static Recovery After(long offset, HistoryReading reading, Position head, DeliveryClass deliveryClass) =>
        reading.LostTo > offset
            ? LostEpoch(head, deliveryClass) with { LostFrom = offset + 1, LostTo = reading.LostTo }
            : Live(head, deliveryClass, reading.Publications) with { Verdict = Verdict.Recovered };

    /// <summary>
    /// What a page of the message log says of the gap between an offset and the head: whole only if no offset is missing and all of it fits an answer.
    /// What an append of unknown outcome left beyond the head is no part of the gap.
    /// </summary>
    public static HistoryReading ReadPage(IReadOnlyList<Publication> page, long offset, long headOffset, int bytesMax)
    {
        var gap = UpTo(page, headOffset);
        if (BytesOf(gap) > bytesMax)
            return new([], headOffset);
        var last = headOffset;
        for (var i = gap.Length - 1; i >= 0 && gap[i].Offset == last; i--)
            last--;
        return last > offset ? new([], last) : new(gap, offset);
    }

    /// <summary>Of what the log rewound, the newest up to the head whose data fits an answer.</summary>
    public static ImmutableArray<Publication> FitNewest(IReadOnlyList<Publication> newest, long headOffset, int bytesMax)
    {
        var known = UpTo(newest, headOffset);
        var first = known.Length;
        for (var bytes = 0L; first > 0 && (bytes += known[first - 1].ContentBytes) <= bytesMax;)
            first--;
        return known[first..];
    }

    /// <summary>How many bytes of data the publications have in all.</summary>
    public static long BytesOf(IEnumerable<Publication> publications) => publications.Sum(publication => (long)publication.ContentBytes);

    /// <summary>What an append of unknown outcome left beyond the head is not there yet.</summary>
    public static ImmutableArray<Publication> UpTo(IReadOnlyList<Publication> publications, long headOffset) =>
        [.. publications.Where(publication => publication.Offset <= headOffset)];
}
