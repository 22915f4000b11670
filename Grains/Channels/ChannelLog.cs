using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using WhatsSound.Channels;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// One channel's part of the message log. An append whose outcome is unknown leaves the log ahead of the channel, perhaps; until
/// <see cref="TryCatchUpAsync"/> has looked, no further append is made.
/// </summary>
internal sealed partial class ChannelLog(
    IMessageLog log, string channel, ChannelRule rule, TimeProvider time, ChannelInstruments instruments, ILogger logger)
{
    /// <summary>Below the caller's own timeout, so that a hanging database becomes a refusal.</summary>
    private static readonly TimeSpan AppendTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How long the last publication of a persistLast channel is kept.</summary>
    private static readonly TimeSpan LastRetention = TimeSpan.FromDays(365);

    private const int PageCountMax = 1_000;

    /// <summary>A gap is read in pages of this many, so that one too large to be answered is not read as a whole: at 64 KiB each, 6 MiB beyond the answer.</summary>
    private const int GapPageCountMax = 100;

    private bool _isInDoubt;

    /// <summary>Where the numbering stands, and the publications that history and idempotency go on from; null if the log knows nothing.</summary>
    public async Task<LoadedChannel?> LoadAsync(long nowMs, CancellationToken cancellationToken)
    {
        if (await log.FindAsync(channel, cancellationToken) is not { } found)
            return null;

        var newest = await log.ReadLastAsync(channel, found.Epoch, PageCountMax, cancellationToken);
        var isComplete = newest.Count < PageCountMax;
        if (!isComplete && (newest[0].TimeMs > nowMs - IdempotencyWindow.AgeMs || newest.Any(publication => publication.Publisher is null)))
            newest = await ReadPagesAsync(found.Epoch, found.HeadOffset - IdempotencyWindow.CountMax, found.HeadOffset, cancellationToken);
        return new(new(found.Epoch, found.HeadOffset), newest, isComplete);
    }

    /// <summary>
    /// What the log has beyond the channel's head, after an append whose outcome is unknown. Null: the log cannot say yet. A conflict of epochs is thrown
    /// as one of offsets.
    /// </summary>
    public async Task<IReadOnlyList<Publication>?> TryCatchUpAsync(Position head)
    {
        if (!_isInDoubt)
            return [];
        try
        {
            using var timeout = new CancellationTokenSource(AppendTimeout, time);
            var found = await log.FindAsync(channel, timeout.Token);
            if (found is not null && !string.Equals(found.Epoch, head.Epoch, StringComparison.Ordinal))
                throw new MessageLogConflictException(channel, head.Epoch, head.Offset + 1);
            IReadOnlyList<Publication> missed = found is null || found.HeadOffset <= head.Offset
                ? []
                : await log.ReadAfterAsync(channel, head.Epoch, head.Offset, PageCountMax, timeout.Token);
            _isInDoubt = false;
            return missed;
        }
        catch (Exception exception) when (exception is not MessageLogConflictException)
        {
            // Whatever keeps the database from answering, the publisher is told to retry.
            LogUnavailable(exception, channel);
            return null;
        }
    }

    /// <summary>Whether the database is known to have the publication; if not, it may have it all the same. Throws <see cref="MessageLogConflictException"/>.</summary>
    public async Task<bool> TryAppendAsync(string epoch, Publication publication)
    {
        var started = time.GetTimestamp();
        try
        {
            using var timeout = new CancellationTokenSource(AppendTimeout, time);
            await log.AppendAsync(channel, epoch, publication, RetentionOf(publication), timeout.Token);
            instruments.Appended(time.GetElapsedTime(started));
            return true;
        }
        catch (Exception exception) when (exception is not MessageLogConflictException)
        {
            // Whatever went wrong, the database may have it: the publisher is told that nobody knows, and the next request looks at what is there.
            _isInDoubt = true;
            LogAppendFailed(exception, channel, publication.Offset);
            return false;
        }
    }

    /// <summary>The gap between an offset and the head, if the log has all of it and one answer can carry it.</summary>
    public async Task<HistoryReading> ReadAfterAsync(Position head, long offset)
    {
        if (head.Offset - offset > RecoveryRules.LoggedCountMax)
            return new([], head.Offset);

        var read = new List<Publication>();
        var bytes = 0L;
        for (var from = offset; from < head.Offset && bytes <= rule.HistoryBytesMax; from = read[^1].Offset)
        {
            var page = await log.ReadAfterAsync(channel, head.Epoch, from, GapPageCountMax, CancellationToken.None);
            if (page.Count == 0)
                break;
            bytes += RecoveryRules.BytesOf(page);
            read.AddRange(page);
        }

        return RecoveryRules.ReadPage(read, offset, head.Offset, rule.HistoryBytesMax);
    }

    /// <summary>The newest publications up to the head, as many as one answer can carry.</summary>
    public async Task<ImmutableArray<Publication>> ReadLastAsync(Position head, int count) =>
        RecoveryRules.FitNewest(await log.ReadLastAsync(channel, head.Epoch, count, CancellationToken.None), head.Offset, rule.HistoryBytesMax);

    private async Task<IReadOnlyList<Publication>> ReadPagesAsync(string epoch, long after, long head, CancellationToken cancellationToken)
    {
        var read = new List<Publication>();
        for (var from = Math.Max(0, after); from < head; from = read[^1].Offset)
        {
            var page = await log.ReadAfterAsync(channel, epoch, from, PageCountMax, cancellationToken);
            if (page.Count == 0)
                break;
            read.AddRange(page);
        }

        return read;
    }

    private Retention RetentionOf(Publication publication)
    {
        var taken = DateTimeOffset.FromUnixTimeMilliseconds(publication.TimeMs);
        return rule.PersistAll is { } kept ? new(taken + kept, OnlyLastPerKey: false) : new(taken + LastRetention, OnlyLastPerKey: true);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The message log did not confirm {Channel}:{Offset}; the publisher is told that the outcome is unknown.")]
    private partial void LogAppendFailed(Exception exception, string channel, long offset);

    [LoggerMessage(Level = LogLevel.Error, Message = "The message log cannot tell where {Channel} stands; the publisher is told to retry.")]
    private partial void LogUnavailable(Exception exception, string channel);
}
