using System.Collections.Immutable;
using Orleans.Streams;
using WhatsSound.Channels;
using WhatsSound.Gateway.Messages;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Delivery;

/// <summary>
/// This gateway's only subscription to one channel, however many sockets. It hands every frame to its sessions in order, and reads what is missing from
/// the channel before it delivers more; what cannot be read is told as <c>lost</c>. The stream below may lose, repeat and be any provider.
/// All state is under one lock; delivering under it only enqueues.
/// </summary>
internal sealed partial class ChannelFeed : IAsyncObserver<ChannelFrame>
{
    private const int AttachAttemptsMax = 5;

    private readonly FeedServices _services;
    private readonly IChannelGrain _grain;
    private readonly Lock _gate = new();
    private readonly FeedSessions _sessions;
    private readonly List<ChannelFrame> _pending = [];
    private readonly FeedWindow _window;
    private readonly Lazy<Task> _opened;
    private readonly FeedSubscription _subscription;
    private Task _repair = Task.CompletedTask;
    private FeedPhase _phase = FeedPhase.Opening;
    private bool _isPendingCut;
    private long _emptySince;

    public ChannelFeed(string channel, FeedServices services)
    {
        Channel = channel;
        _services = services;
        _grain = services.ChannelOf(channel);
        _sessions = new FeedSessions(_gate, services.Logger);
        _window = new FeedWindow(services.Options.WindowPublicationsMax, services.Options.WindowBytesMax);
        _subscription = new FeedSubscription(channel, this, services);
        _opened = new Lazy<Task>(OpenAsync);
        _emptySince = services.Time.GetTimestamp();
    }

    public string Channel { get; }

    public bool IsClosed => _phase == FeedPhase.Closed;

    /// <summary>
    /// Attaches a session, or moves an attached one: what it gets from now on continues the answer without gap or duplicate.
    /// Null: the feed has closed; another must be taken. A refusal: the channel moves too fast to attach; NOT_READY.
    /// </summary>
    public async Task<Answer<Recovery>?> AttachAsync(ChannelAttachment attachment, AttachRequest request)
    {
        await _opened.Value;
        for (var attempt = 0; attempt < AttachAttemptsMax; attempt++)
        {
            if (TryAttachHere(attachment, request, out var isClosed) is { } here)
                return here;
            if (isClosed)
                return null;
            var recovery = await RecoverAsync(request.From, attachment.Subscriber.Ended);
            if (TryAttachAfter(attachment, request, recovery) is { } after)
                return after;
            await RepairNowAsync();
        }

        return Refusals.Retry(RefusalCode.NotReady, "The channel is moving; try again.", _services.Options.RepairRetryAfter);
    }

    /// <summary>What came after a position, as an attachment there would be answered; but nobody is attached. Null: the feed has closed.</summary>
    public async Task<Recovery?> ReadAfterAsync(Position since, CancellationToken cancellationToken)
    {
        await _opened.Value;
        lock (_gate)
        {
            if (IsClosed)
                return null;
            if (_window.TryReadAfter(since, out var publications))
                return Answer(Verdict.Recovered, publications);
        }

        return await RecoverAsync(new RecoverRequest { Since = since }, cancellationToken);
    }

    public void Detach(ChannelAttachment attachment)
    {
        lock (_gate)
        {
            if (attachment.Index < 0)
                return;
            _sessions.Remove(attachment);
            if (_sessions.Count == 0)
                _emptySince = _services.Time.GetTimestamp();
        }
    }

    public Task OnNextAsync(ChannelFrame item, StreamSequenceToken? token = null)
    {
        lock (_gate)
            Accept(item);
        return Task.CompletedTask;
    }

    /// <summary>The stream may have lost something.</summary>
    public Task OnErrorAsync(Exception ex)
    {
        Verify();
        return Task.CompletedTask;
    }

    public Task OnCompletedAsync() => Task.CompletedTask;

    private async Task OpenAsync()
    {
        try
        {
            await _subscription.OpenAsync();
            var recovery = await RecoverAsync(new RecoverRequest(), CancellationToken.None);
            lock (_gate)
            {
                _window.Reset(recovery.Position, recovery.Class);
                Resume(_pending.Count);
            }

            _services.Meters.FeedOpened();
        }
        catch
        {
            lock (_gate)
                _phase = FeedPhase.Closed;
            await _subscription.CloseAsync();
            throw;
        }
    }

    private void Accept(ChannelFrame frame)
    {
        if (_phase is FeedPhase.Opening or FeedPhase.Repairing)
        {
            HoldBack(frame);
            return;
        }

        if (_phase == FeedPhase.Closed)
            return;
        switch (_window.Fit(frame))
        {
            case FrameFit.Continues:
                Deliver(frame);
                break;
            case FrameFit.Gap:
                HoldBack(frame);
                StartRepair();
                break;
        }
    }

    private void HoldBack(ChannelFrame frame)
    {
        if (_pending.Count == _services.Options.PendingFramesMax)
        {
            _pending.Clear();
            _isPendingCut = true;
        }

        _pending.Add(frame);
    }

    private void Deliver(ChannelFrame frame)
    {
        _sessions.Deliver(_window.Take(frame));
        _services.Meters.Delivered(_sessions.Count);
    }

    private Recovery? TryAttachHere(ChannelAttachment attachment, AttachRequest request, out bool isClosed)
    {
        lock (_gate)
        {
            isClosed = IsClosed;
            if (isClosed || request.From is not { RewindCount: null, RewindMs: null } from)
                return null;
            if (from.Since is not { } since)
                return Add(attachment, request, Answer(Verdict.Live, []));
            return _window.TryReadAfter(since, out var publications) ? Add(attachment, request, Answer(Verdict.Recovered, publications)) : null;
        }
    }

    /// <summary>Attaches behind what the channel answered, which may be ahead of this feed, or behind it by a little; null where the two do not meet.</summary>
    private Recovery? TryAttachAfter(ChannelAttachment attachment, AttachRequest request, Recovery recovery)
    {
        lock (_gate)
        {
            if (IsClosed || !string.Equals(recovery.Position.Epoch, _window.Head.Epoch, StringComparison.Ordinal))
                return null;
            if (recovery.Position.Offset >= _window.Head.Offset)
                return Add(attachment, request, recovery);
            if (!_window.TryReadAfter(recovery.Position, out var later))
                return null;
            if (recovery.Verdict == Verdict.Lost)
                return Add(attachment, request, recovery with { Position = _window.Head });
            ImmutableArray<Publication> all = [.. recovery.Publications, .. later];
            return Add(attachment, request, recovery with
            {
                Position = _window.Head,
                Publications = recovery.Class == DeliveryClass.Conflated ? NewestPerKey.Of(all) : all,
            });
        }
    }

    private Recovery Answer(Verdict verdict, ImmutableArray<Publication> publications) =>
        new() { Position = _window.Head, Verdict = verdict, Publications = publications, Class = _window.Class };

    private Recovery Add(ChannelAttachment attachment, AttachRequest request, Recovery recovery)
    {
        attachment.HasUpTo = recovery.Position.Offset;
        if (attachment.Index < 0)
            _sessions.Add(attachment);

        if (request is not { IsCatchUpDelivered: true, From.Since: { } since } || recovery.Verdict != Verdict.Recovered)
            return recovery;
        foreach (var frame in CatchUp.FramesOf(Channel, since, recovery))
            attachment.Subscriber.Deliver(new FrameMessage(frame));
        return recovery with { Publications = [] };
    }
}
