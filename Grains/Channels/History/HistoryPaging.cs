using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>What of the publications that were read is a page, where the next one goes on, and whether anything is missing.</summary>
internal static class HistoryPaging
{
    /// <summary>Whether the oldest are asked for.</summary>
    public static bool IsForward(HistoryRequest request) => request.IsForward ?? request is { Before: null, After: not null };

    /// <summary>How many a page has at most.</summary>
    public static int BoundCount(int count) => Math.Clamp(count, 1, PublicationLimits.HistoryCountMax);

    /// <summary>A page.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="head">The channel's head.</param>
    /// <param name="span">Where the page lies.</param>
    /// <param name="read">What is kept there, in offset order: of one end at least as much as the page may have, unless it is all.</param>
    /// <param name="isAll">Whether it is all that is kept there.</param>
    /// <param name="lostTo">Of a channel that keeps the newest of each key: the offset up to which keys may be missing. Null: each offset is a publication.</param>
    public static HistoryPage PageOf(HistoryRequest request, Position head, HistorySpan span, IReadOnlyList<Publication> read, bool isAll, long? lostTo = null)
    {
        var isForward = IsForward(request);
        var count = Fit(request, read, isForward);
        var page = isForward ? read.Take(count) : read.Skip(read.Count - count);
        var (first, last) = (span.After + 1, span.Before - 1);
        long? next = null;
        if (count < read.Count || !isAll)
        {
            var reached = isForward ? read[count - 1].Offset : read[^count].Offset;
            next = reached == (isForward ? last : first) ? null : reached;
            (first, last) = isForward ? (first, reached) : (reached, last);
        }

        return new()
        {
            Position = head,
            Publications = [.. page],
            Next = next,
            IsComplete = first > last || (lostTo is { } lost ? lost < first : count == last - first + 1),
        };
    }

    /// <summary>How many of them a page takes: one in any case, so that the next goes on.</summary>
    private static int Fit(HistoryRequest request, IReadOnlyList<Publication> read, bool isForward)
    {
        var (count, bytes) = (0, 0L);
        for (var countMax = Math.Min(BoundCount(request.CountMax), read.Count); count < countMax; count++)
        {
            bytes += read[isForward ? count : read.Count - 1 - count].ContentBytes;
            if (count > 0 && bytes > request.BytesMax)
                break;
        }

        return count;
    }
}
