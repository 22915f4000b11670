using System.Collections.Immutable;
using Orleans.Streams;
using WhatsSound.Channels;
using WhatsSound.Grains.Placement;
using WhatsSound.Grains.Presence;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Streams;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// Owns a channel's numbering, recent publications and presence. What it acknowledged is kept as the channel's rule promises, and every offset goes out in a
/// frame or is seen to be missing. Bounded by the rule: history, frame, members; watchers and hosts by constants.
/// </summary>
[GrainType("channel")]
[RoomPlacement]
internal sealed class ChannelGrain(ChannelServices services) : Grain, IChannelGrain, IGrainMigrationParticipant, IDisposable
{
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;

    private ChannelRule _rule = null!;
    private ChannelLog? _log;
    private ChannelRest _rest = null!;
    private ChannelNumbering _numbering = null!;
    private ChannelPresence _presence = null!;
    private GatewayLeases _leases = null!;
    private IAsyncStream<ChannelFrame> _stream = null!;
    private IGrainTimer _wake = null!;
    private long _wakeMs = long.MaxValue;
    private ChannelMemory? _moved;
    private ImmutableArray<LaneAttachment> _lanesLeft = [];
    private IDisposable? _departure;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var name = ChannelKey.NameIn(this.GetPrimaryKeyString());
        _rule = services.Rules.For(name);
        _leases = new(_rule.PresenceLease);
        _stream = this.GetStreamProvider(LiveStreams.ProviderName).GetStream<ChannelFrame>(LiveStreams.StreamOf(name));
        _log = services.LogOf(name, _rule, DeactivateOnIdle);
        _rest = services.RestOf(name);

        // The members first: a position that is taken rests no longer, and would be lost if then they could not be read.
        var keeper = services.KeeperOf(this.GetGrainId(), _rule);
        var kept = _moved is null && keeper is not null ? await keeper.LoadAsync(cancellationToken) : new();
        _numbering = new(name, _rule, await LoadAsync(mustBegin: kept is null, cancellationToken), services.NowMs);
        _presence = new(_rule, _moved, kept?.Membership, keeper, services.NowMs, services.Instruments);

        // Something is due as long as there is a lane or a member, and then the channel must stay, though nobody calls it.
        _wake = this.RegisterGrainTimer(OnWakeAsync, new GrainTimerCreationOptions(Never, Never) { KeepAlive = true });
        await GoOnFromAsync(_moved);
        _moved = null;
        await DoWhatIsDueAsync();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_presence is null)
            return;
        var nowMs = services.NowMs;
        var isMoving = reason.ReasonCode == DeactivationReasonCode.Migrating || services.Departures.ShouldMove(reason);
        if (isMoving)
            MigrateOnIdle();
        await TellPresenceAsync(nowMs, isLast: true);

        // What waits goes along: a silo that stops cannot reach every gateway any more.
        if (!isMoving)
            await SendFrameAsync(nowMs);
        _lanesLeft = services.Lanes.AttachmentsOf(_stream.StreamId);
        services.Lanes.DetachAll(_stream.StreamId);
        _presence.Uncount();
        if (isMoving)
            _departure = await services.Departures.EnterAsync(_numbering.EstimateBytes() + _presence.EstimateBytes(), cancellationToken);
        else if (await _presence.TryKeepLastAsync(nowMs) && _log is not { HasPublications: true })
            await _rest.PutDownAsync(_numbering.Head, cancellationToken);
    }

    public void OnDehydrate(IDehydrationContext dehydrationContext)
    {
        if (_presence is null)
            return;
        ChannelMemories.Write(dehydrationContext, new()
        {
            Numbering = _numbering.ToMemory(ChannelMemory.HistoryBytesMax, services.NowMs),
            Membership = _presence.ToMemory(),
            Lanes = _lanesLeft,
            Watchers = _presence.Watchers,
            IsLogInDoubt = _log is { IsInDoubt: true },
        });
    }

    public void OnRehydrate(IRehydrationContext rehydrationContext) => _moved = ChannelMemories.Read(rehydrationContext);

    /// <summary>The last thing, after a move has come about or failed.</summary>
    public void Dispose() => _departure?.Dispose();

    public async Task<Answer<Published>> PublishAsync(PublishRequest request)
    {
        if (PublicationRules.Check(request, _rule) is { } refusal)
            return refusal;
        if (!await TryCatchUpAsync())
            return ChannelLog.NotReady();
        var nowMs = services.NowMs;
        if (_numbering.FindAnswer(request, nowMs) is { } given)
            return given;

        var publication = _numbering.Next(request, nowMs);
        if (_log is not null && await _log.TryKeepAsync(_numbering.Head.Epoch, publication) is { } unkept)
            return unkept;
        _presence.Touch(request.Publisher, nowMs);
        var answer = _numbering.Apply(publication, nowMs);

        // The log took its time: an interval between frames counts from when a frame goes out.
        await SendDueFrameAsync(services.NowMs);
        WakeAt(_numbering.HistoryDueMs, nowMs);
        return answer;
    }

    // Interleaves, since the log may be slow: what memory says is said in one step, so it is of one head, and of the log only what is up to that head is answered.
    // A publication that is numbered meanwhile lies above it. Nothing here changes what a publication goes by.
    public async Task<Recovery> RecoverAsync(RecoverRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var nowMs = services.NowMs;
        var recovery = _numbering.Recover(request, nowMs);
        if (_rule.PersistAll is not null && recovery.Verdict == Verdict.Lost && recovery.LostFrom is { } lostFrom)
            recovery = await ReadLogAsync(recovery, lostFrom - 1, cancellationToken);
        else if (_rule.PersistAll is not null && _numbering.MissesRewound(request, recovery) is { } count)
            recovery = recovery with { Publications = await _log!.ReadLastAsync(recovery.Position, count, cancellationToken) };
        services.Instruments.Recovered(recovery.Verdict);
        return recovery;
    }

    public async Task<Answer<PresenceView>> EnterAsync(PresenceEntry entry)
    {
        var nowMs = services.NowMs;
        if (_presence.Enter(entry, nowMs) is { } refusal)
            return refusal;
        _leases.Renew(entry.GatewayId, nowMs);
        await DoWhatIsDueAsync();
        return _presence.View(_numbering.Head, services.NowMs);
    }

    public Task LeaveAsync(PresenceExit exit)
    {
        ArgumentNullException.ThrowIfNull(exit);
        _presence.Leave(exit, services.NowMs);
        return DoWhatIsDueAsync();
    }

    public Task<PresenceView> ReadPresenceAsync() => Task.FromResult(_presence.View(_numbering.Head, services.NowMs));

    public Task<PresenceRoster> WatchPresenceAsync(IPresenceWatcher watcher, long knownVersion)
    {
        ArgumentNullException.ThrowIfNull(watcher);
        return Task.FromResult(_presence.Watch(watcher, knownVersion));
    }

    public Task SetHostsAsync(ImmutableArray<string> userIds)
    {
        _presence.SetHosts(userIds, services.NowMs);
        return DoWhatIsDueAsync();
    }

    public async Task<GatewayLeaseAnswer> RenewAsync(GatewayLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var nowMs = services.NowMs;
        _leases.Renew(lease.GatewayId, nowMs);
        await DoWhatIsDueAsync();
        return new()
        {
            LaneKnown = services.Lanes.IsAttached(_stream.StreamId, lease.GatewayId),
            PresenceKnown = _presence.Agree(lease),
            Head = _numbering.Sent,
        };
    }

    public async Task<PresenceRollAnswer> ReconcileAsync(PresenceRoll roll)
    {
        ArgumentNullException.ThrowIfNull(roll);
        var nowMs = services.NowMs;
        _leases.Renew(roll.GatewayId, nowMs);
        var answer = _presence.Reconcile(roll, nowMs);
        await DoWhatIsDueAsync();
        return answer;
    }

    public Task AttachLaneAsync(LaneAttachment attachment)
    {
        ArgumentNullException.ThrowIfNull(attachment);
        services.Lanes.Attach(_stream.StreamId, attachment);
        _leases.Renew(attachment.GatewayId, services.NowMs);
        return DoWhatIsDueAsync();
    }

    public Task DetachLaneAsync(Guid gatewayId)
    {
        services.Lanes.Detach(_stream.StreamId, gatewayId);
        return Task.CompletedTask;
    }

    /// <param name="mustBegin">Whether the members that the numbering told of are lost: who goes on with it would keep them forever.</param>
    /// <param name="cancellationToken">Whoever waits for the channel has gone.</param>
    private async Task<LoadedChannel> LoadAsync(bool mustBegin, CancellationToken cancellationToken)
    {
        if (_moved is { } moved)
        {
            _log?.GoOn(moved.IsLogInDoubt);
            return LoadedChannel.Moved(moved.Numbering);
        }

        var logged = _log is null ? null : await _log.LoadAsync(services.NowMs, cancellationToken);
        return logged ?? await _rest.TakeAsync(Epochs.New(), mustBegin, cancellationToken);
    }

    /// <summary>
    /// Takes the gateways over from the silo that the channel left, and reminds them of what may have been lost there. Their leases begin anew, since they
    /// could not renew them.
    /// </summary>
    private async Task GoOnFromAsync(ChannelMemory? moved)
    {
        foreach (var lane in (moved?.Lanes ?? []).Where(lane => services.Lanes.TryAttach(_stream.StreamId, lane)))
            _leases.Renew(lane.GatewayId, services.NowMs);
        foreach (var gatewayId in _presence.Gateways)
            _leases.Renew(gatewayId, services.NowMs);
        if (moved is { Lanes.IsEmpty: false })
            await _stream.OnNextAsync(_numbering.Reminder());
    }

    private async Task<Recovery> ReadLogAsync(Recovery recovery, long offset, CancellationToken cancellationToken) =>
        RecoveryRules.After(offset, await _log!.ReadAfterAsync(recovery.Position, offset, cancellationToken), recovery.Position, recovery.Class);

    private Task OnWakeAsync(CancellationToken cancellationToken)
    {
        _wakeMs = long.MaxValue;
        return DoWhatIsDueAsync();
    }

    /// <summary>Does what is due by now, and sees to it that the timer fires when the next is.</summary>
    private async Task DoWhatIsDueAsync()
    {
        var nowMs = services.NowMs;
        foreach (var gatewayId in _leases.TakeEnded(nowMs))
        {
            services.Lanes.Detach(_stream.StreamId, gatewayId);
            _presence.DropGateway(gatewayId, nowMs);
        }

        await TellPresenceAsync(nowMs);
        await SendDueFrameAsync(nowMs);
        _numbering.Trim(nowMs);
        _presence.KeepIfDue(nowMs);
        WakeAt(_numbering.HistoryDueMs, nowMs);
        WakeAt(_presence.DueMs, nowMs);
        WakeAt(_leases.DueMs, nowMs);
    }

    private async Task TellPresenceAsync(long nowMs, bool isLast = false)
    {
        var tick = _presence.Tick(nowMs, isLast);
        if (tick.Publication is { } changed)
            _numbering.Apply(_numbering.Next(PresencePublications.Of(changed, _numbering.Head), nowMs), nowMs);
        if (tick.Delta is { } delta)
            await _presence.TellWatchersAsync(delta);
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
        services.Instruments.Framed(frame.Publications.Length);
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
        if (await _log.TryCatchUpAsync(_numbering.Head) is not { } missed)
            return false;
        foreach (var publication in missed)
            _numbering.Apply(publication, services.NowMs);
        return true;
    }
}
