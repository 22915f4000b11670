using WhatsSound.Channels;
using WhatsSound.Grains.Storage;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>The history of a channel in the message log, up to a head.</summary>
internal sealed class LoggedHistory(IMessageLog log, string channel, Position head)
{
    /// <summary>A page is read in steps of this many, so that of publications too large for one no more is read than that: at 64 KiB each, 6 MiB beyond the answer.</summary>
    private const int StepMax = 100;

    public async Task<HistoryPage> ReadPageAsync(HistoryRequest request, CancellationToken cancellationToken)
    {
        var from = request.FromMs is { } fromMs ? await FindAsync(fromMs, cancellationToken) : null;
        var to = request.ToMs is { } toMs ? await FindAsync(toMs, cancellationToken) : null;
        var span = HistorySpan.Of(request, head.Offset, from, to);
        var (read, isAll) = span.IsEmpty ? ([], true) : await ReadAsync(span, request, cancellationToken);
        return HistoryPaging.PageOf(request, head, span, read, isAll);
    }

    private Task<LoggedTime> FindAsync(long timeMs, CancellationToken cancellationToken) => log.FindTimeAsync(channel, head.Epoch, timeMs, cancellationToken);

    /// <summary>As much of one end of the span as a page may have, and whether that is all.</summary>
    private async Task<(List<Publication> Read, bool IsAll)> ReadAsync(HistorySpan span, HistoryRequest request, CancellationToken cancellationToken)
    {
        var (read, bytes) = (new List<Publication>(), 0L);
        var (isForward, countMax) = (HistoryPaging.IsForward(request), HistoryPaging.BoundCount(request.CountMax));
        for (var left = span; ; left = isForward ? left with { After = read[^1].Offset } : left with { Before = read[0].Offset })
        {
            var asked = Math.Min(StepMax, countMax - read.Count);
            var step = isForward
                ? await log.ReadAfterAsync(channel, head.Epoch, left.After, asked, cancellationToken)
                : await log.ReadBeforeAsync(channel, head.Epoch, left.Before, asked, cancellationToken);
            var within = step.Where(publication => span.Includes(publication.Offset)).ToList();
            read.InsertRange(isForward ? read.Count : 0, within);
            if (step.Count < asked || within.Count < step.Count)
                return (read, true);
            bytes += RecoveryRules.BytesOf(within);
            if (read.Count == countMax || bytes > request.BytesMax)
                return (read, false);
        }
    }
}
