using System.Collections.Immutable;
using Orleans.Streams;
using WhatsSound.Channels;
using WhatsSound.Gateway.Messages;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Delivery;

/// <summary>
/// This gateway's only subscription to one channel, however many sockets. It hands every frame to its sessions in order, and reads what is missing from
/// the channel before it delivers more; what cannot be read is told as <c>lost</c>. The stream below may lose, repeat and be any provider.
/// What it knows is <see cref="FeedState"/>; gaps are <see cref="FeedRepair"/>'s, and what the channel knows of this gateway <see cref="FeedLease"/>'s.
/// </summary>
internal sealed class ChannelFeed : IAsyncObserver<ChannelFrame>
{
    private const int AttachAttemptsMax = 5;

    private readonly FeedServices _services;
    private readonly FeedState _state;
    private readonly ChannelReader _reader;
    private readonly FeedRepair _repair;
    private readonly FeedSubscription _subscription;
    private readonly Lazy<Task> _opened;
    private long _emptySince;

    public ChannelFeed(string channel, FeedServices services)
    {
        Channel = channel;
        _services = services;
        var grain = services.ChannelOf(channel);
        _state = new FeedState(services);
        _reader = new ChannelReader(grain, services);
        _repair = new FeedRepair(channel, _state, _reader, services);
        _subscription = new FeedSubscription(channel, this, services);
        Lease = new FeedLease(channel, grain, _state, _repair, _subscription, services);
        Occupancy = new FeedOccupancy(channel, grain, _state, _subscription, services);
        _subscription.Made = Occupancy.Changed;
        _opened = new Lazy<Task>(OpenAsync);
        _emptySince = services.Time.GetTimestamp();
    }

    public string Channel { get; }

    public FeedLease Lease { get; }

    public FeedOccupancy Occupancy { get; }

    public bool IsClosed => _state.IsClosed;

    /// <summary>Whether it has no session.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_state.Gate)
                return _state.Sessions.Count == 0;
        }
    }

    /// <summary>
    /// Attaches a session, or moves an attached one: what it gets from now on continues the answer without gap or duplicate.
    /// Null: the feed has closed; another must be taken. A refusal: the channel moves too fast to attach; NOT_READY.
    /// </summary>
    public async Task<Answer<Recovery>?> AttachAsync(ChannelAttachment attachment, AttachRequest request)
    {
        await _opened.Value.WaitAsync(attachment.Subscriber.GivenUp);
        for (var attempt = 0; attempt < AttachAttemptsMax; attempt++)
        {
            if (TryAttachHere(attachment, request, out var isClosed) is { } here)
                return here;
            if (isClosed)
                return null;
            var recovery = await _reader.ReadForAsync(attachment.Subscriber, request.From);
            if (TryAttachAfter(attachment, request, recovery) is { } after)
                return after;
            await _repair.RunAsync().WaitAsync(_services.Options.CallTimeout, _services.Time, attachment.Subscriber.GivenUp);
        }

        return Refusals.Retry(RefusalCode.NotReady, "The channel is moving; try again.", _services.Options.RepairRetryAfter);
    }

    /// <summary>What came after a position, as an attachment there would be answered; but nobody is attached. Null: the feed has closed.</summary>
    public async Task<Recovery?> ReadAfterAsync(Position since, ISubscriber subscriber)
    {
        await _opened.Value.WaitAsync(subscriber.GivenUp);
        lock (_state.Gate)
        {
            if (IsClosed)
                return null;
            if (_state.Window.TryReadAfter(since, out var publications))
                return Answer(Verdict.Recovered, publications).For(subscriber.UserId);
        }

        var recovery = await _reader.ReadForAsync(subscriber, new RecoverRequest { Since = since });
        _services.Dismissals.See(Channel, recovery.Publications);
        return recovery.For(subscriber.UserId);
    }

    /// <summary>Delivers nothing to the attachment until <see cref="Release"/>.</summary>
    public void Hold(ChannelAttachment attachment)
    {
        lock (_state.Gate)
        {
            if (attachment.Index >= 0)
                attachment.Hold ??= HoldOf(attachment);
        }
    }

    /// <summary>The answer that an attachment is held for, and that says where it is attached, goes out now; <see cref="Release"/> follows.</summary>
    public void BeginAnswer(ChannelAttachment attachment)
    {
        lock (_state.Gate)
        {
            if (attachment.Hold is { } hold)
                hold.IsAnswered = true;
        }
    }

    /// <summary>
    /// The answer that an attachment was held for is on its way: delivery goes on behind the position that the answer names, or, where the request has
    /// failed, from where it stood before.
    /// </summary>
    public void Release(ChannelAttachment attachment, bool isDone)
    {
        lock (_state.Gate)
        {
            if (attachment.Hold is not { } hold)
                return;
            attachment.Hold = null;
            if (attachment.Index < 0)
                return;
            if (!hold.IsCut && (isDone || hold.At is null))
            {
                foreach (var message in hold.Waiting)
                    attachment.Subscriber.Deliver(message);
            }
            else if (!isDone && hold.Before is { } before)
            {
                attachment.Begin(before.Offset, hold.ToldBefore, hold.WantsBefore);
                attachment.FollowsOccupancy = hold.FollowedBefore;
                Occupancy.Changed();
                attachment.BeganAt = hold.BeganBefore;
                Continue(attachment, before);
            }
            else if ((hold.At ?? hold.Before) is { } at)
            {
                attachment.Begin(at.Offset, attachment.Wants);
                Continue(attachment, at);
            }
        }
    }

    /// <summary>Where an attachment begins, before what it gets live; null: it is not attached.</summary>
    public Position? BeganAt(ChannelAttachment attachment)
    {
        lock (_state.Gate)
            return attachment.Index < 0 ? null : attachment.BeganAt;
    }

    /// <summary>
    /// Delivers nothing more. Answers where the subscriber stands, as far as it has been answered and told; null: it is not attached, or the answer that says so has not gone.
    /// </summary>
    public Position? Detach(ChannelAttachment attachment)
    {
        lock (_state.Gate)
        {
            if (attachment.Index < 0)
                return null;
            _state.Sessions.Remove(attachment);
            Occupancy.Changed();
            if (_state.Sessions.Count == 0)
            {
                _emptySince = _services.Time.GetTimestamp();
                _services.Empty.Add(this);
            }

            if (attachment.Hold is not { } hold)
                return _state.Window.Head with { Offset = attachment.ToldUpTo };
            if (hold is { IsAnswered: true, At: { } at })
                return at;
            return hold.Before is { } before ? before with { Offset = hold.ToldBefore } : null;
        }
    }

    /// <summary>
    /// Closes the feed if it has had no session for a while; the caller unsubscribes. Not while it renews: that may be subscribing again.
    /// </summary>
    public bool TryCloseIdle()
    {
        lock (_state.Gate)
        {
            if (_state.Phase == FeedPhase.Opening || _state.Sessions.Count > 0 || Lease.IsRenewing)
                return false;
            if (!IsClosed && _services.Time.GetElapsedTime(_emptySince) < _services.Options.Linger)
                return false;
            if (!IsClosed)
                _services.Meters.FeedClosed();
            _state.Close();
            Lease.End();
            return true;
        }
    }

    /// <summary>Ends the subscription of a closed feed. Does not throw.</summary>
    public Task UnsubscribeAsync() => _subscription.CloseAsync();

    public Task OnNextAsync(ChannelFrame item, StreamSequenceToken? token = null)
    {
        lock (_state.Gate)
        {
            if (_state.Accept(item))
                _repair.Start();
            if (item.Occupancy is { } occupancy)
                Occupancy.Deliver(occupancy);
        }

        return Task.CompletedTask;
    }

    /// <summary>The stream may have lost something.</summary>
    public Task OnErrorAsync(Exception ex)
    {
        _repair.Begin();
        return Task.CompletedTask;
    }

    public Task OnCompletedAsync() => Task.CompletedTask;

    private async Task OpenAsync()
    {
        try
        {
            await _subscription.OpenAsync();
            var recovery = await _reader.ReadAsync(new RecoverRequest());
            bool isWhole;
            lock (_state.Gate)
            {
                _state.Window.Reset(recovery.Position, recovery.Class);
                isWhole = _state.Resume(int.MaxValue);
            }

            if (!isWhole)
                _repair.Begin();

            _services.Meters.FeedOpened();
        }
        catch
        {
            lock (_state.Gate)
                _state.Close();
            await _subscription.CloseAsync();
            throw;
        }
    }

    private Recovery? TryAttachHere(ChannelAttachment attachment, AttachRequest request, out bool isClosed)
    {
        lock (_state.Gate)
        {
            isClosed = IsClosed;
            if (isClosed || request.From is not { RewindCount: null, RewindMs: null, Newest: false } from)
                return null;
            if (from.Since is not { } since)
                return Add(attachment, request, Answer(Verdict.Live, []));
            return _state.Window.TryReadAfter(since, out var publications) ? Add(attachment, request, Answer(Verdict.Recovered, publications)) : null;
        }
    }

    /// <summary>Attaches behind what the channel answered, which may be ahead of this feed, or behind it by a little; null where the two do not meet.</summary>
    private Recovery? TryAttachAfter(ChannelAttachment attachment, AttachRequest request, Recovery recovery)
    {
        lock (_state.Gate)
        {
            if (IsClosed || !string.Equals(recovery.Position.Epoch, _state.Window.Head.Epoch, StringComparison.Ordinal))
                return null;
            if (recovery.Position.Offset >= _state.Window.Head.Offset)
                return Add(attachment, request, recovery);
            if (!_state.Window.TryReadAfter(recovery.Position, out var later))
                return null;
            if (recovery.Verdict == Verdict.Lost)
                return Add(attachment, request, recovery with { Position = _state.Window.Head });
            ImmutableArray<Publication> all = [.. recovery.Publications, .. later];
            return Add(attachment, request, recovery with
            {
                Position = _state.Window.Head,
                Publications = recovery.Class == DeliveryClass.Conflated ? NewestPerKey.Of(all) : all,
            });
        }
    }

    private Recovery Answer(Verdict verdict, ImmutableArray<Publication> publications) =>
        new() { Position = _state.Window.Head, Verdict = verdict, Publications = publications, Class = _state.Window.Class };

    /// <summary>Attached, and held: the answer goes first.</summary>
    private Recovery Add(ChannelAttachment attachment, AttachRequest request, Recovery recovery)
    {
        _services.Dismissals.See(Channel, recovery.Publications);
        recovery = recovery.For(attachment.Subscriber.UserId);
        attachment.Hold ??= HoldOf(attachment);
        attachment.Begin(recovery.Position.Offset, request.Wants);
        attachment.FollowsOccupancy = request.FollowsOccupancy;
        if (request.FollowsOccupancy)
            Occupancy.Begin();
        if (attachment.Index < 0)
            _state.Sessions.Add(attachment);
        Occupancy.Changed();
        var isDelivered = request is { IsCatchUpDelivered: true, From.Since: not null } && recovery.Verdict == Verdict.Recovered;
        attachment.BeganAt = isDelivered ? request.From.Since!.Value : recovery.Position;
        attachment.Hold.Move(
            attachment.BeganAt.Value,
            isDelivered ? MessagesOf(request.From.Since!.Value, recovery).Select(message => request.Wants?.Of(message) ?? message) : []);
        return isDelivered ? recovery with { Publications = [] } : request.Wants?.Of(recovery) ?? recovery;
    }

    private AttachmentHold HoldOf(ChannelAttachment attachment) =>
        new(
            attachment.Index < 0 ? null : _state.Window.Head with { Offset = attachment.HasUpTo },
            attachment.ToldUpTo,
            attachment.Wants,
            attachment.FollowsOccupancy,
            attachment.BeganAt,
            _services.Options.HeldBytesMax);

    /// <summary>Delivers from where the attachment stands; what the window has no more of is lost.</summary>
    private void Continue(ChannelAttachment attachment, Position from)
    {
        var head = _state.Window.Head;
        var isSame = string.Equals(from.Epoch, head.Epoch, StringComparison.Ordinal);
        if (isSame && from.Offset >= head.Offset)
            return;
        if (!_state.Window.TryReadAfter(from, out var later))
        {
            attachment.Deliver(new LostMessage(new ChannelLost(Channel, head, isSame ? from.Offset + 1 : null, isSame ? head.Offset : null)));
            return;
        }

        foreach (var message in MessagesOf(from, Answer(Verdict.Recovered, later)))
            attachment.Deliver(message);
    }

    private IEnumerable<FrameMessage> MessagesOf(Position since, Recovery recovery) =>
        CatchUp.FramesOf(Channel, since, recovery).Select(static frame => new FrameMessage(frame));
}
