using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using WhatsSound.Channels;
using WhatsSound.Grains.Ids;
using WhatsSound.Grains.Placement;
using WhatsSound.Grains.Presence;
using WhatsSound.Grains.Storage;
using WhatsSound.Grains.Streams;
using WhatsSound.Playback;
using WhatsSound.Presence;
using WhatsSound.Streams;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// Owns a channel's numbering, recent publications and presence. What it acknowledged is kept as the channel's rule promises, and every offset goes out in a
/// frame or is seen to be missing. Bounded by the rule: history, frame, members; watchers and hosts by constants.
/// </summary>
[GrainType("channel")]
[RoomPlacement]
internal sealed class ChannelGrain(
    ChannelRules rules,
    IMessageLog messageLog,
    LaneHub lanes,
    IRoomClock clock,
    TimeProvider time,
    IIdSource ids,
    ChannelInstruments instruments,
    ILoggerFactory loggers) : Grain, IChannelGrain
{
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;

    private readonly PresenceWatchers _watchers = new();
    private string _name = null!;
    private ChannelRule _rule = null!;
    private ChannelLog? _log;
    private ChannelNumbering _numbering = null!;
    private Membership? _membership;
    private GatewayLeases _leases = null!;
    private IAsyncStream<ChannelFrame> _stream = null!;
    private IGrainTimer _wake = null!;
    private long _wakeMs = long.MaxValue;
    private int _membersCounted;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _name = ChannelKey.NameIn(this.GetPrimaryKeyString());
        _rule = rules.For(_name);
        _leases = new(_rule.PresenceLease);
        _membership = _rule.Presence ? new(_rule.PresenceDetailMax, _rule.PresenceGrace, clock.NowMs) : null;
        _stream = this.GetStreamProvider(LiveStreams.ProviderName).GetStream<ChannelFrame>(LiveStreams.StreamOf(_name));
        if (_rule.PersistAll is not null || _rule.PersistLast)
            _log = new(messageLog, _name, _rule, time, instruments, loggers.CreateLogger<ChannelLog>());
        var loaded = _log is null ? null : await _log.LoadAsync(clock.NowMs, cancellationToken);
        _numbering = new(_name, _rule, loaded ?? LoadedChannel.New(Epochs.New(ids)));

        // Something is due as long as there is a lane or a member, and then the channel must stay, though nobody calls it.
        _wake = this.RegisterGrainTimer(OnWakeAsync, new GrainTimerCreationOptions(Never, Never) { KeepAlive = true });
        LetGoOfWhatIsTooOld(clock.NowMs);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_numbering is null)
            return;
        await SendFrameAsync(clock.NowMs);
        lanes.DetachAll(LiveStreams.StreamOf(_name));
        instruments.MembersChanged(-_membersCounted);
    }

    public async Task<Answer<Published>> PublishAsync(PublishRequest request)
    {
        if (PublicationRules.Check(request, _rule) is { } refusal)
            return refusal;
        if (!await TryCatchUpAsync())
            return NotReady();
        var nowMs = clock.NowMs;
        if (_numbering.FindAnswer(request, nowMs) is { } given)
            return given;

        var publication = _numbering.Next(request, nowMs);
        if (await KeepAsync(publication) is { } unkept)
            return unkept;
        if (request.Publisher is not null)
            _membership?.Touch(request.Publisher, nowMs);
        var answer = _numbering.Apply(publication, nowMs);

        // The log took its time: an interval between frames counts from when a frame goes out.
        await SendDueFrameAsync(clock.NowMs);
        WakeAt(_numbering.HistoryDueMs, nowMs);
        return answer;
    }

    public async Task<Recovery> RecoverAsync(RecoverRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var nowMs = clock.NowMs;
        var recovery = _numbering.Recover(request, nowMs);
        if (_rule.PersistAll is not null && recovery.Verdict == Verdict.Lost && recovery.LostFrom is { } lostFrom)
            recovery = RecoveryRules.After(lostFrom - 1, await _log!.ReadAfterAsync(recovery.Position, lostFrom - 1), recovery.Position, recovery.Class);
        else if (_rule.PersistAll is not null && _numbering.MissesRewound(request, recovery) is { } count)
            recovery = recovery with { Publications = await _log!.ReadLastAsync(recovery.Position, count) };
        instruments.Recovered(recovery.Verdict);
        return recovery;
    }

    public async Task<Answer<PresenceView>> EnterAsync(PresenceEntry entry)
    {
        if (_membership is null)
            return Refusals.Final(RefusalCode.PresenceDisabled, $"The channel '{_name}' has no presence.");
        if (PresenceRules.Check(entry) is { } malformed)
            return malformed;
        var nowMs = clock.NowMs;
        if (_membership.Enter(entry, nowMs) is { } refusal)
            return refusal;
        _leases.Renew(entry.GatewayId, nowMs);
        await DoWhatIsDueAsync();
        return ViewOf(_membership);
    }

    public Task LeaveAsync(PresenceExit exit)
    {
        ArgumentNullException.ThrowIfNull(exit);
        _membership?.Leave(exit, clock.NowMs);
        return DoWhatIsDueAsync();
    }

    public Task<PresenceView> ReadPresenceAsync() => Task.FromResult(ViewOf(_membership));

    public Task<PresenceRoster> WatchPresenceAsync(IPresenceWatcher watcher, long knownVersion)
    {
        ArgumentNullException.ThrowIfNull(watcher);
        _watchers.Add(watcher);
        return Task.FromResult(_membership?.Roster(knownVersion) ?? new() { Version = 0, FirstVersion = 0, IsUnchanged = knownVersion == 0, Members = [] });
    }

    public Task SetHostsAsync(ImmutableArray<string> userIds)
    {
        _membership?.SetHosts(userIds, clock.NowMs);
        return DoWhatIsDueAsync();
    }

    public async Task<GatewayLeaseAnswer> RenewAsync(GatewayLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var nowMs = clock.NowMs;
        _leases.Renew(lease.GatewayId, nowMs);
        var isPresenceKnown = _membership?.Confirm(lease.GatewayId, lease.ConnectionCount, nowMs) ?? lease.ConnectionCount == 0;
        await DoWhatIsDueAsync();
        return new()
        {
            LaneKnown = lanes.IsAttached(_stream.StreamId, lease.GatewayId),
            PresenceKnown = isPresenceKnown,
            Head = _numbering.Sent,
        };
    }

    public Task AttachLaneAsync(LaneAttachment attachment)
    {
        ArgumentNullException.ThrowIfNull(attachment);
        lanes.Attach(_stream.StreamId, attachment);
        _leases.Renew(attachment.GatewayId, clock.NowMs);
        return DoWhatIsDueAsync();
    }

    public Task DetachLaneAsync(Guid gatewayId)
    {
        lanes.Detach(_stream.StreamId, gatewayId);
        return Task.CompletedTask;
    }

    private Task OnWakeAsync(CancellationToken cancellationToken)
    {
        _wakeMs = long.MaxValue;
        return DoWhatIsDueAsync();
    }

    /// <summary>Does what is due by now, and sees to it that the timer fires when the next is.</summary>
    private async Task DoWhatIsDueAsync()
    {
        var nowMs = clock.NowMs;
        foreach (var gatewayId in _leases.TakeEnded(nowMs))
        {
            lanes.Detach(_stream.StreamId, gatewayId);
            _membership?.DropGateway(gatewayId, nowMs);
        }

        await TellPresenceAsync(nowMs);
        await SendDueFrameAsync(nowMs);
        LetGoOfWhatIsTooOld(nowMs);
        WakeAt(_membership?.DueMs, nowMs);
        WakeAt(_leases.DueMs, nowMs);
    }

    private void LetGoOfWhatIsTooOld(long nowMs)
    {
        _numbering.Trim(nowMs);
        WakeAt(_numbering.HistoryDueMs, nowMs);
    }

    private async Task TellPresenceAsync(long nowMs)
    {
        if (_membership is null)
            return;
        var tick = _membership.Tick(nowMs);
        instruments.MembersChanged(_membership.Total - _membersCounted);
        _membersCounted = _membership.Total;
        if (tick.Publication is { } changed)
            _numbering.Apply(_numbering.Next(PresencePublications.Of(changed, _numbering.Head), nowMs), nowMs);
        if (tick.Delta is { } delta)
            await _watchers.TellAsync(delta);
    }

    private async Task SendDueFrameAsync(long nowMs)
    {
        if (_numbering.FrameDueMs <= nowMs)
            await SendFrameAsync(nowMs);
        WakeAt(_numbering.FrameDueMs, nowMs);
    }

    private async Task SendFrameAsync(long nowMs)
    {
        if (_numbering.TakeFrame(nowMs) is not { } frame)
            return;
        instruments.Framed(frame.Publications.Length);
        await _stream.OnNextAsync(frame);
    }

    private void WakeAt(long? dueMs, long nowMs)
    {
        if (dueMs is not { } atMs || atMs >= _wakeMs)
            return;
        _wakeMs = atMs;
        _wake.Change(TimeSpan.FromMilliseconds(Math.Max(0, atMs - nowMs)), Never);
    }

    /// <summary>False: what the log has is not known, so nothing may be numbered.</summary>
    private async Task<bool> TryCatchUpAsync()
    {
        if (_log is null)
            return true;
        try
        {
            if (await _log.TryCatchUpAsync(_numbering.Head) is not { } missed)
                return false;
            foreach (var publication in missed)
                _numbering.Apply(publication, clock.NowMs);
            return true;
        }
        catch (MessageLogConflictException)
        {
            DeactivateOnIdle();
            return false;
        }
    }

    /// <summary>Null, or why the rule's promise may not be kept, so that nothing is published: NOT_READY if it is not, TIMEOUT if nobody knows.</summary>
    private async Task<Refusal?> KeepAsync(Publication publication)
    {
        if (_log is null)
            return null;
        try
        {
            return await _log.TryAppendAsync(_numbering.Head.Epoch, publication) ? null : OutcomeUnknown();
        }
        catch (MessageLogConflictException)
        {
            // Another activation numbers this channel. This one has nothing that the log has not, so it goes, and the caller finds the other.
            DeactivateOnIdle();
            return NotReady();
        }
    }

    private PresenceView ViewOf(Membership? membership) =>
        membership?.View(_numbering.Head, clock.NowMs)
        ?? new() { Total = 0, Members = [], IsComplete = true, ActiveLastMinute = 0, Position = _numbering.Head, Version = 0 };

    private static Refusal OutcomeUnknown() =>
        Refusals.Retry(RefusalCode.Timeout, "The message log did not confirm the publication; the same id has one effect.", TimeSpan.FromSeconds(1));

    private static Refusal NotReady() =>
        Refusals.Retry(RefusalCode.NotReady, "The channel cannot number the publication right now.", TimeSpan.FromSeconds(1));
}
