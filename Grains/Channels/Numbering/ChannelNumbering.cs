using WhatsSound.Channels;
using WhatsSound.Grains.Storage;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// A channel's memory: the numbering, what can be recovered, which ids were answered, and what waits to go out. Pure: it does not await, and is told the
/// time. A publication is made by <see cref="Next"/>, and counts once <see cref="Apply"/> has it; between the two it may be kept or given up.
/// </summary>
internal sealed class ChannelNumbering
{
    private readonly string _channel;
    private readonly IPublicationHistory _history;
    private readonly IdempotencyWindow _window = new();
    private readonly IFraming _framing;

    public ChannelNumbering(string channel, ChannelRule rule, LoadedChannel loaded, long nowMs)
    {
        _channel = channel;
        Class = rule.ConflateInterval is null ? DeliveryClass.Ordered : DeliveryClass.Conflated;
        _framing = rule.ConflateInterval is { } interval ? new Conflation(interval, loaded.NextFrameMs) : new FrameBatch(rule.BatchCountMax, rule.BatchInterval, loaded.NextFrameMs);
        Head = loaded.Head;
        Sent = Head with { Offset = loaded.SentOffset ?? Head.Offset };
        _history = rule.ConflateInterval is null
            ? new ChannelHistory(loaded.LostTo ?? loaded.FirstOffset - 1, rule.HistoryCountMax, rule.HistoryBytesMax, rule.HistoryAge)
            : new ConflatedHistory(loaded.LostTo ?? (loaded.IsComplete ? 0 : loaded.FirstOffset - 1), rule.HistoryBytesMax);
        foreach (var answer in loaded.Answers)
            _window.Add(RequestId.Of(answer.PublisherKind, answer.Publisher, answer.Id), new() { Position = Head with { Offset = answer.Offset }, TimeMs = answer.TimeMs });
        foreach (var publication in loaded.Publications)
            Remember(publication);
        foreach (var publication in loaded.Waiting)
            _framing.Add(publication, nowMs);
    }

    public DeliveryClass Class { get; }

    /// <summary>The rule has other bounds and paces from now on, and is of the same class. What is beyond a bound is let go of.</summary>
    public void Follow(ChannelRule rule, long nowMs)
    {
        _framing.Follow(rule);
        _history.Follow(rule, nowMs);
    }

    /// <summary>The last position given.</summary>
    public Position Head { get; private set; }

    /// <summary>The last position handed to the stream.</summary>
    public Position Sent { get; private set; }

    /// <summary>When the next frame is due; null while nothing waits.</summary>
    public long? FrameDueMs => _framing.DueMs;

    /// <summary>When what can be recovered is too old; null while there is nothing, or nothing that ages.</summary>
    public long? HistoryDueMs => _history.DueMs;

    /// <summary>Lets go of what is too old to be recovered. No verdict at the head changes: it depends on positions alone.</summary>
    public void Trim(long nowMs) => _history.Trim(nowMs);

    /// <summary>How many bytes can be recovered, with what they weigh.</summary>
    public long HistoryBytes => _history.Bytes;

    /// <summary>Lets go of the oldest that can be recovered, until at most so many bytes of data are left. Who misses it is told that it is lost.</summary>
    public void ShrinkHistory(int bytesMax) => _history.Shrink(bytesMax);

    /// <summary>The answer that the request got already.</summary>
    public Published? FindAnswer(PublishRequest request, long nowMs) => _window.Find(RequestId.Of(request), nowMs);

    /// <summary>The publication that the request would become now.</summary>
    public Publication Next(PublishRequest request, long nowMs) => new()
    {
        Offset = Head.Offset + 1,
        Id = request.Id,
        TimeMs = nowMs,
        Publisher = request.Publisher,
        Event = request.Event,
        Data = request.Data,
        Key = request.Key,
        PublisherKind = request.PublisherKind,
        Connection = request.Connection,
        Headers = request.Headers,
        Extras = request.Extras,
        Own = request.Own,
    };

    /// <summary>Numbers the publication, and lets it wait for its frame.</summary>
    public Published Apply(Publication publication, long nowMs)
    {
        Head = Head with { Offset = publication.Offset };
        _framing.Add(publication, nowMs);
        return Remember(publication);
    }

    /// <summary>An earlier publication has other data from now on, also for those who recover it.</summary>
    public void Amend(Amendment amends, Publication by) => _history.Amend(amends, by);

    /// <summary>A page of what memory has.</summary>
    public HistoryPage ReadPage(HistoryRequest request, long nowMs)
    {
        var (known, lostTo) = _history.ReadAfter(0, nowMs);
        var span = HistorySpan.Of(request, Head.Offset, Find(request.FromMs), Find(request.ToMs));
        var read = known.RemoveAll(publication => !span.Includes(publication.Offset));
        return HistoryPaging.PageOf(request, Head, span, read, isAll: true, Class == DeliveryClass.Conflated ? lostTo : null);

        LoggedTime? Find(long? timeMs) =>
            timeMs is null ? null : new(known.FirstOrDefault(publication => publication.TimeMs >= timeMs)?.Offset, known.Any(publication => publication.TimeMs < timeMs));
    }

    /// <summary>The frame of all that waits; null if nothing does.</summary>
    public ChannelFrame? TakeFrame(long nowMs)
    {
        if (_framing.DueMs is null)
            return null;
        var previous = Sent;
        Sent = Head;
        return new()
        {
            Channel = _channel,
            Epoch = Head.Epoch,
            PreviousOffset = previous.Offset,
            HeadOffset = Head.Offset,
            Class = Class,
            Publications = _framing.Take(nowMs),
        };
    }

    /// <summary>An empty frame that says how far the channel has been sent: whoever has less sees that something is missing.</summary>
    public ChannelFrame Reminder() =>
        new() { Channel = _channel, Epoch = Sent.Epoch, PreviousOffset = Sent.Offset, HeadOffset = Sent.Offset, Class = Class, Publications = [] };

    /// <summary>What memory can say of a gap, or of what is to be rewound.</summary>
    public Recovery Recover(RecoverRequest request, long nowMs)
    {
        if (request.Since is { } since)
        {
            return RecoveryRules.IsComparable(since, Head)
                ? RecoveryRules.After(since.Offset, _history.ReadAfter(since.Offset, nowMs), Head, Class)
                : RecoveryRules.LostEpoch(Head, Class);
        }

        if (request.RewindCount is { } count)
            return RecoveryRules.Live(Head, Class, _history.ReadLast(RecoveryRules.BoundCount(count), nowMs));
        if (request.RewindMs is { } ms)
            return RecoveryRules.Live(Head, Class, _history.ReadFrom(nowMs - RecoveryRules.BoundMs(ms), nowMs));
        return RecoveryRules.Live(Head, Class, request.Newest && Class == DeliveryClass.Conflated ? _history.ReadAfter(0, nowMs).Publications : []);
    }

    /// <summary>About how many bytes its memory takes.</summary>
    public long EstimateBytes() => _history.Bytes + (128L * _window.Count);

    /// <summary>All of it, for another silo.</summary>
    /// <param name="bytesMax">How many bytes of data of the history go along, the newest.</param>
    /// <param name="nowMs">Now, room time.</param>
    public NumberingMemory ToMemory(int bytesMax, long nowMs)
    {
        var (publications, lostTo) = _history.ReadAfter(0, nowMs);
        var kept = RecoveryRules.FitNewest(publications, Head.Offset, bytesMax);
        return new()
        {
            Head = Head,
            SentOffset = Sent.Offset,
            Waiting = _framing.Waiting,
            Publications = kept,
            LostTo = kept.Length == publications.Length ? lostTo : publications[^(kept.Length + 1)].Offset,
            Answers = _window.ToMemory(nowMs),
            NextFrameMs = _framing.NextFrameMs,
        };
    }

    /// <summary>What a rewind asked for, if memory had less though the channel had it once.</summary>
    public Rewound? MissesRewound(RecoverRequest request, Recovery recovery, long nowMs)
    {
        var count = recovery.Publications.Length;
        if (request.Since is not null || count >= Head.Offset)
            return null;
        if (request.RewindCount is { } asked)
            return count < RecoveryRules.BoundCount(asked) ? new(RecoveryRules.BoundCount(asked), FromMs: long.MinValue) : null;
        // Where memory has one that is older, it has all that are not.
        return request.RewindMs is { } ms && _history.ReadLast(count + 1, nowMs).Length == count ? new(RecoveryRules.LoggedCountMax, nowMs - RecoveryRules.BoundMs(ms)) : null;
    }

    private Published Remember(Publication publication)
    {
        var answer = new Published { Position = Head with { Offset = publication.Offset }, TimeMs = publication.TimeMs };
        _history.Add(publication);
        _window.Add(RequestId.Of(publication), answer);
        return answer;
    }
}
