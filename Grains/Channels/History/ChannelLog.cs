using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using WhatsSound.Channels;
using WhatsSound.Grains.Storage;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// One channel's part of the message log. An append whose outcome is unknown leaves the log ahead of the channel, perhaps; until
/// <see cref="TryCatchUpAsync"/> has looked, no further append is made. Where another activation numbers the channel, this one has nothing that the log has not:
/// it is told to go, and callers find the other.
/// </summary>
internal sealed partial class ChannelLog(
    IMessageLog log, string channel, ChannelRule rule, TimeProvider time, ChannelInstruments instruments, ILogger logger, Action onConflict)
{
    /// <summary>Below the caller's own timeout, so that a hanging database becomes a refusal.</summary>
    private static readonly TimeSpan AppendTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How long the last publication of a persistLast channel is kept.</summary>
    private static readonly TimeSpan LastRetention = TimeSpan.FromDays(365);

    /// <summary>A read ends with whoever wants it, and in time: a channel that is to move waits for those who read.</summary>
    private readonly Deadline _reading = new(ReadTimeout, time);

    private ChannelRule _rule = rule;

    private const int PageCountMax = 1_000;

    /// <summary>A gap is read in pages of this many, so that one too large to be answered is not read as a whole: at 64 KiB each, 6 MiB beyond the answer.</summary>
    private const int GapPageCountMax = 100;

    /// <summary>Whether the log may have a publication that the channel does not know of.</summary>
    public bool IsInDoubt { get; private set; }

    /// <summary>Whether the log is known to have a publication of the channel's numbering, so that it knows where that stands.</summary>
    public bool HasPublications { get; private set; }

    /// <summary>The rule keeps what comes for another time from now on, and answers as much as it says.</summary>
    public void Follow(ChannelRule next) => _rule = next;

    /// <summary>Goes on from another silo, which knew the log.</summary>
    public void GoOn(bool isInDoubt, bool hasPublications) => (IsInDoubt, HasPublications) = (isInDoubt, hasPublications);

    /// <summary>The channel begins another numbering than the one that was loaded.</summary>
    public void BeginAnew() => HasPublications = false;

    /// <summary>Where the numbering stands, and the publications that history and idempotency go on from; null if the log knows nothing.</summary>
    public async Task<LoadedChannel?> LoadAsync(long nowMs, CancellationToken cancellationToken)
    {
        if (await _reading.RunAsync(token => log.FindAsync(channel, token), cancellationToken) is not { } found)
            return null;

        HasPublications = true;
        var newest = await _reading.RunAsync(token => log.ReadLastAsync(channel, found.Epoch, PageCountMax, token), cancellationToken);
        var isComplete = newest.Count < PageCountMax;
        if (!isComplete && (newest[0].TimeMs > nowMs - IdempotencyWindow.AgeMs || newest.Any(static publication => RequestId.Of(publication).IsOwn)))
            newest = await ReadPagesAsync(found.Epoch, found.HeadOffset - IdempotencyWindow.CountMax, found.HeadOffset, cancellationToken);
        return new(new(found.Epoch, found.HeadOffset), newest, isComplete);
    }

    /// <summary>
    /// What the log has beyond the channel's head, after an append whose outcome is unknown. Null: the log cannot say yet, or the channel is another activation's.
    /// </summary>
    public async Task<IReadOnlyList<Publication>?> TryCatchUpAsync(Position head)
    {
        if (!IsInDoubt)
            return [];
        try
        {
            using var timeout = new CancellationTokenSource(AppendTimeout, time);
            var found = await log.FindAsync(channel, timeout.Token);
            if (found is not null && !string.Equals(found.Epoch, head.Epoch, StringComparison.Ordinal))
            {
                onConflict();
                return null;
            }

            IReadOnlyList<Publication> missed = found is null || found.HeadOffset <= head.Offset
                ? []
                : await log.ReadAfterAsync(channel, head.Epoch, head.Offset, PageCountMax, timeout.Token);
            IsInDoubt = false;
            return missed;
        }
        catch (Exception exception)
        {
            // Whatever keeps the database from answering, the publisher is told to retry.
            LogUnavailable(exception, channel);
            return null;
        }
    }

    /// <summary>Null, or why the rule's promise may not be kept, so that nothing is published: NOT_READY if it is not, TIMEOUT if nobody knows.</summary>
    public async Task<Refusal?> TryKeepAsync(string epoch, Publication publication, Amendment? amends)
    {
        var started = time.GetTimestamp();
        try
        {
            using var timeout = new CancellationTokenSource(AppendTimeout, time);
            await log.AppendAsync(channel, epoch, publication, RetentionOf(publication), amends, timeout.Token);
            HasPublications = true;
            instruments.Appended(time.GetElapsedTime(started));
            return null;
        }
        catch (MessageLogConflictException)
        {
            onConflict();
            return NotReady();
        }
        catch (StorageUnavailableException exception)
        {
            LogRefused(exception, channel);
            return NotReady();
        }
        catch (Exception exception)
        {
            // Whatever went wrong, the database may have it: the publisher is told that nobody knows, and the next request looks at what is there.
            IsInDoubt = true;
            LogAppendFailed(exception, channel, publication.Offset);
            return Refusals.Retry(RefusalCode.Timeout, "The message log did not confirm the publication; the same id has one effect.", TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>The gap between an offset and the head, if the log has all of it and one answer can carry it.</summary>
    public async Task<HistoryReading> ReadAfterAsync(Position head, long offset, CancellationToken cancellationToken)
    {
        if (head.Offset - offset > RecoveryRules.LoggedCountMax)
            return new([], head.Offset);

        var read = await _reading.RunAsync(token => ReadGapAsync(head, offset, token), cancellationToken);
        return RecoveryRules.ReadPage(read, offset, head.Offset, _rule.HistoryBytesMax);
    }

    /// <summary>The newest publications up to the head, as many as one answer can carry.</summary>
    public async Task<ImmutableArray<Publication>> ReadLastAsync(Position head, Rewound rewound, CancellationToken cancellationToken)
    {
        var read = await _reading.RunAsync(token => log.ReadLastAsync(channel, head.Epoch, rewound.CountMax, token), cancellationToken);
        return RecoveryRules.FitNewest([.. read.Where(publication => publication.TimeMs >= rewound.FromMs)], head.Offset, _rule.HistoryBytesMax);
    }

    /// <summary>A page of what is kept up to the head.</summary>
    public Task<HistoryPage> ReadPageAsync(Position head, HistoryRequest request, CancellationToken cancellationToken) =>
        _reading.RunAsync(token => new LoggedHistory(log, channel, head).ReadPageAsync(request, token), cancellationToken);

    /// <summary>What a publisher is told while nothing may be numbered.</summary>
    public static Refusal NotReady() =>
        Refusals.Retry(RefusalCode.NotReady, "The channel cannot number the publication right now.", TimeSpan.FromSeconds(1));

    /// <summary>What a publisher is told whose publication is numbered, and may not be told outside.</summary>
    public static Refusal Unconfirmed() =>
        Refusals.Retry(RefusalCode.Timeout, "The outbox did not confirm the publication; the same id has one effect.", TimeSpan.FromSeconds(1));

    /// <summary>All of the gap, or as much of it as is more than one answer carries.</summary>
    private async Task<IReadOnlyList<Publication>> ReadGapAsync(Position head, long offset, CancellationToken cancellationToken)
    {
        var read = new List<Publication>();
        var bytes = 0L;
        for (var from = offset; from < head.Offset && bytes <= _rule.HistoryBytesMax; from = read[^1].Offset)
        {
            var page = await log.ReadAfterAsync(channel, head.Epoch, from, GapPageCountMax, cancellationToken);
            if (page.Count == 0)
                break;
            bytes += RecoveryRules.BytesOf(page);
            read.AddRange(page);
        }

        return read;
    }

    /// <summary>Each page in time: a channel has as many as its window of ids needs, however long all of them take.</summary>
    private async Task<IReadOnlyList<Publication>> ReadPagesAsync(string epoch, long after, long head, CancellationToken cancellationToken)
    {
        var read = new List<Publication>();
        for (var from = Math.Max(0, after); from < head; from = read[^1].Offset)
        {
            var start = from;
            var page = await _reading.RunAsync(token => log.ReadAfterAsync(channel, epoch, start, PageCountMax, token), cancellationToken);
            if (page.Count == 0)
                break;
            read.AddRange(page);
        }

        return read;
    }

    private Retention RetentionOf(Publication publication)
    {
        var taken = DateTimeOffset.FromUnixTimeMilliseconds(publication.TimeMs);
        return _rule.PersistAll is { } kept ? new(taken + kept, OnlyLastPerKey: false) : new(taken + LastRetention, OnlyLastPerKey: true);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The message log did not confirm {Channel}:{Offset}; the publisher is told that the outcome is unknown.")]
    private partial void LogAppendFailed(Exception exception, string channel, long offset);

    [LoggerMessage(Level = LogLevel.Error, Message = "The message log has refused a publication of {Channel}; the publisher is told to retry.")]
    private partial void LogRefused(Exception exception, string channel);

    [LoggerMessage(Level = LogLevel.Error, Message = "The message log cannot tell where {Channel} stands; the publisher is told to retry.")]
    private partial void LogUnavailable(Exception exception, string channel);
}
