using System.Collections.Immutable;
using Orleans.Streams;
using WhatsSound.Channels;
using WhatsSound.Grains.Hooks;
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

    /// <summary>Of which the rule was chosen.</summary>
    private ChannelRules _rules = null!;
    private ChannelRule _rule = null!;
    private ChannelLog? _log;
    private ChannelRest _rest = null!;
    private ChannelNumbering _numbering = null!;
    private ChannelPresence _presence = null!;
    private GatewayLeases _leases = null!;
    private HistoryKeeping _keeping = null!;
    private ChannelHooks? _hooks;
    private readonly ChannelSubscribers _subscribers = new();
    private readonly ChannelPace _pace = new();
    private IAsyncStream<ChannelFrame> _stream = null!;
    private IGrainTimer _wake = null!;
    private long _wakeMs = long.MaxValue;
    private volatile bool _isWoken;
    private bool _isHeard;
    private ChannelMemory? _moved;
    private ImmutableArray<LaneAttachment> _lanesLeft = [];
    private IDisposable? _departure;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var name = ChannelKey.NameIn(this.GetPrimaryKeyString());
        (_rules, _rule) = (services.Rules.Rules, services.Rules.For(name));
        _leases = new(_rule.PresenceLease, services.Leases, Wake);
        _stream = this.GetStreamProvider(LiveStreams.ProviderName).GetStream<ChannelFrame>(LiveStreams.StreamOf(name));
        _log = services.LogOf(name, _rule, DeactivateOnIdle);
        _rest = services.RestOf(name);

        // The members first: a position that is taken rests no longer, and would be lost if then they could not be read.
        var keeper = services.KeeperOf(this.GetGrainId(), _rule);
        var kept = _moved is null && keeper is not null ? await keeper.LoadAsync(cancellationToken) : new();
        _hooks = services.HooksOf(name, _rule, RecoverAllAsync, Wake, _moved?.Hooks);
        _numbering = new(name, _rule, await LoadAsync(mustBegin: kept is null, cancellationToken), services.NowMs);
        _presence = new(_rule, _moved, kept?.Membership, keeper, services.NowMs, services.Instruments);

        // While something is due the channel must stay, though nobody calls it.
        _wake = this.RegisterGrainTimer(OnWakeAsync, new GrainTimerCreationOptions(Never, Never) { KeepAlive = true });
        _keeping = new(_rule, services.Histories.Join(Wake));
        if (_moved is not null)
            _keeping.Heard(services.NowMs);
        foreach (var report in _moved is { Subscribers.IsDefault: false } moved ? moved.Subscribers : [])
            _subscribers.Report(report);
        await GoOnFromAsync(_moved);
        _moved = null;
        await DoWhatIsDueAsync();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_presence is null)
            return;
        _leases.Leave();
        var nowMs = services.NowMs;
        var isMoving = reason.ReasonCode == DeactivationReasonCode.Migrating || services.Departures.ShouldMove(reason);
        if (isMoving)
            MigrateOnIdle();
        await TellPresenceAsync(nowMs, isLast: true);
        if (_hooks is not null)
            await _hooks.TellLastAsync(OccupancyNow(), _numbering.Head, nowMs, isMoving);

        // What waits goes along: a silo that stops cannot reach every gateway any more.
        if (!isMoving)
            await SendFrameAsync(nowMs);
        _lanesLeft = services.Lanes.AttachmentsOf(_stream.StreamId);
        services.Lanes.DetachAll(_stream.StreamId);
        _presence.Uncount();
        _keeping.End();
        if (isMoving)
            _departure = await services.Departures.EnterAsync(_numbering.EstimateBytes() + _presence.EstimateBytes(), cancellationToken);
        else if (await _presence.TryKeepLastAsync(nowMs) && _log is not ({ HasPublications: true } or { IsInDoubt: true }))
            await _rest.PutDownAsync(_numbering.Head, cancellationToken);
    }

    public void OnDehydrate(IDehydrationContext dehydrationContext)
    {
        if (_presence is null)
            return;
        var nowMs = services.NowMs;
        ChannelMemories.Write(dehydrationContext, new()
        {
            Numbering = _numbering.ToMemory(ChannelMemory.HistoryBytesMax, nowMs),
            Membership = _presence.ToMemory(nowMs),
            Lanes = _lanesLeft,
            Watchers = _presence.Watchers,
            IsLogInDoubt = _log is { IsInDoubt: true },
            HasLog = _log is not null,
            HasLogged = _log is { HasPublications: true },
            Subscribers = _subscribers.ToMemory(),
            Hooks = _hooks?.ToMemory(),
        });
    }

    public void OnRehydrate(IRehydrationContext rehydrationContext) => _moved = ChannelMemories.Read(rehydrationContext);

    /// <summary>The last thing, after a move has come about or failed.</summary>
    public void Dispose() => _departure?.Dispose();

    public async Task<Answer<Published>> PublishAsync(PublishRequest request)
    {
        FollowRule();
        if (PublicationRules.Check(request, _rule) is { } refusal)
            return refusal;
        if (!await TryCatchUpAsync() || !await TryCatchUpHooksAsync())
            return ChannelLog.NotReady();
        var nowMs = services.NowMs;
        if (_numbering.FindAnswer(request, nowMs) is { } given)
            return given;
        if (_pace.Take(request, _rule, nowMs) is { } tooOften)
            return tooOften;

        var publication = _numbering.Next(request, nowMs);
        if (_log is not null && await _log.TryKeepAsync(_numbering.Head.Epoch, publication, request.Amends) is { } unkept)
            return unkept;
        _presence.Touch(request, nowMs);
        if (request.Amends is { } amends)
            _numbering.Amend(amends, publication);
        var answer = _numbering.Apply(publication, nowMs);

        // The log took its time: an interval between frames counts from when a frame goes out.
        await SendDueFrameAsync(services.NowMs);
        WakeAt(_numbering.HistoryDueMs, nowMs);
        KeepHistory(services.NowMs);
        var isTold = _hooks is null || await _hooks.TryPublishAsync(publication, _numbering.Head);
        WakeAt(_hooks?.DueMs, services.NowMs);
        return isTold ? answer : ChannelLog.Unconfirmed();
    }

    // Interleaves, since the log may be slow: what memory says is said in one step, so it is of one head, and of the log only what is up to that head is answered.
    // A publication that is numbered meanwhile lies above it. Nothing here changes what a publication goes by.
    public async Task<Recovery> RecoverAsync(RecoverRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var recovery = await RecoverAllAsync(request, cancellationToken);
        services.Instruments.Recovered(recovery.Verdict);
        return request.UserId is null ? recovery : recovery.For(request.UserId);
    }

    // Interleaves as a recovery does.
    public Task<HistoryPage> ReadHistoryAsync(HistoryRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _rule.PersistAll is null ? Task.FromResult(_numbering.ReadPage(request, services.NowMs)) : _log!.ReadPageAsync(_numbering.Head, request, cancellationToken);
    }

    public async Task<Answer<Done>> CatchUpAsync()
    {
        if (!await TryCatchUpAsync())
            return ChannelLog.NotReady();
        await DoWhatIsDueAsync();
        return Done.Value;
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

    public async Task<PresenceDeparture> DepartAsync(PresenceExit exit)
    {
        await LeaveAsync(exit);
        return _presence.DepartureOf(exit.UserId);
    }

    public Task<PresenceView> ReadPresenceAsync() => Task.FromResult(_presence.View(_numbering.Head, services.NowMs));

    public Task<PresenceView> ReadConnectionsAsync(string? after) => Task.FromResult(_presence.ViewConnections(after, _numbering.Head, services.NowMs));

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

    public Task TouchAsync(ImmutableArray<string> userIds)
    {
        _presence.Touch(userIds, services.NowMs);
        return Task.CompletedTask;
    }

    public async Task<GatewayLeaseAnswer> RenewAsync(GatewayLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var nowMs = services.NowMs;
        _leases.Renew(lease.GatewayId, nowMs);
        await DoWhatIsDueAsync();
        var lane = services.Lanes.LaneOf(_stream.StreamId, lease.GatewayId);
        var isPresenceKnown = _presence.Agree(lease);
        var standing = lease.Number > 0 && isPresenceKnown ? lane?.Standing.TryAdd(lease.Number, nowMs) : null;
        _leases.Stand(lease.GatewayId, standing);
        return new()
        {
            LaneKnown = lane is not null,
            PresenceKnown = isPresenceKnown,
            Head = _numbering.Sent,
            Standing = standing is null ? null : new() { LaneId = lane!.Id, Silo = services.Silo },
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

    public Task ReportSubscribersAsync(GatewaySubscribers report)
    {
        ArgumentNullException.ThrowIfNull(report);
        _subscribers.Report(report);
        _leases.Renew(report.GatewayId, services.NowMs);
        return DoWhatIsDueAsync();
    }

    public Task<Occupancy> ReadOccupancyAsync() => Task.FromResult(OccupancyNow());

    public Task AttachLaneAsync(LaneAttachment attachment)
    {
        ArgumentNullException.ThrowIfNull(attachment);
        services.Lanes.Attach(_stream.StreamId, attachment);
        _leases.Renew(attachment.GatewayId, services.NowMs);
        return DoWhatIsDueAsync();
    }

    public Task DetachLaneAsync(Guid gatewayId)
    {
        _leases.EndStanding(gatewayId);
        services.Lanes.Detach(_stream.StreamId, gatewayId);
        _subscribers.Drop(gatewayId);
        if (_hooks is not null)
            Wake();
        return Task.CompletedTask;
    }

    /// <param name="mustBegin">Whether the members that the numbering told of are lost: who goes on with it would keep them forever.</param>
    /// <param name="cancellationToken">Whoever waits for the channel has gone.</param>
    private async Task<LoadedChannel> LoadAsync(bool mustBegin, CancellationToken cancellationToken)
    {
        // Where it was kept and is not, or the other way round, its numbering ends: the log would know a part of it.
        if (_moved is { } moved && (moved.HasLog ?? _log is not null) == _log is not null)
        {
            _log?.GoOn(moved.IsLogInDoubt, moved.HasLogged);
            return LoadedChannel.Moved(moved.Numbering);
        }

        if (_log is null || await _log.LoadAsync(services.NowMs, cancellationToken) is not { } logged)
            return await _rest.TakeAsync(Epochs.New(), mustBegin, cancellationToken);
        var loaded = await _rest.TakeAfterAsync(logged, Epochs.New(), mustBegin, cancellationToken);
        if (!ReferenceEquals(loaded, logged))
            _log.BeginAnew();
        return loaded;
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

    private async Task<Recovery> RecoverAllAsync(RecoverRequest request, CancellationToken cancellationToken)
    {
        var nowMs = services.NowMs;
        var recovery = _numbering.Recover(request, nowMs);
        if (_rule.PersistAll is not null && recovery.Verdict == Verdict.Lost && recovery.LostFrom is { } lostFrom)
            recovery = await ReadLogAsync(recovery, lostFrom - 1, cancellationToken);
        else if (_rule.PersistAll is not null && _numbering.MissesRewound(request, recovery, nowMs) is { } missed)
            recovery = recovery with { Publications = await _log!.ReadLastAsync(recovery.Position, missed, cancellationToken) };
        return recovery;
    }

    private async Task<Recovery> ReadLogAsync(Recovery recovery, long offset, CancellationToken cancellationToken) =>
        RecoveryRules.After(offset, await _log!.ReadAfterAsync(recovery.Position, offset, cancellationToken), recovery.Position, recovery.Class);

    /// <summary>Has what is due looked at; from any thread.</summary>
    private void Wake()
    {
        _isWoken = true;
        _wake.Change(TimeSpan.Zero, Never);
    }

    private Task OnWakeAsync(CancellationToken cancellationToken)
    {
        (_isWoken, _wakeMs) = (false, long.MaxValue);
        return DoWhatIsDueAsync();
    }

    /// <summary>
    /// Goes on under the rule of now. What is another kind of channel by it, this one cannot become: it ends the turn as what it was, and goes, and whoever comes next finds it as what it is to be, at its position, with
    /// what is kept of it. Where every publication, or the last, was kept and is not any more, or is again, it begins anew, since the log has no more than a part.
    /// </summary>
    private void FollowRule()
    {
        var rules = services.Rules.Rules;
        if (ReferenceEquals(rules, _rules))
            return;
        _rules = rules;
        var rule = rules.For(ChannelKey.NameIn(this.GetPrimaryKeyString()));
        if (rule == _rule)
            return;
        if (ChannelRuleChange.IsOfKind(_rule, rule))
        {
            DeactivateOnIdle();
            return;
        }

        _rule = rule;
        _numbering.Follow(rule, services.NowMs);
        _presence.Follow(rule);
        _leases.Follow(rule.PresenceLease);
        _keeping.Follow(rule);
        _log?.Follow(rule);
    }

    /// <summary>Does what is due by now, and sees to it that the timer fires when the next is.</summary>
    private async Task DoWhatIsDueAsync()
    {
        FollowRule();
        var nowMs = services.NowMs;
        // Whoever goes now listened until now.
        HearOf(nowMs);
        var dead = _leases.TakeEnded(nowMs);
        _presence.DropGateways(dead, nowMs);
        foreach (var gatewayId in dead)
        {
            services.Lanes.Detach(_stream.StreamId, gatewayId);
            _subscribers.Drop(gatewayId);
        }

        foreach (var gatewayId in _presence.TakeChangedGateways())
            _leases.EndStanding(gatewayId);
        await TellPresenceAsync(nowMs);
        await SendDueFrameAsync(nowMs);
        await TellOccupancyAsync(nowMs);
        TellHooks(nowMs);
        _numbering.Trim(nowMs);
        KeepMembers(nowMs);
        WakeAt(_numbering.HistoryDueMs, nowMs);
        StayIfHeard();
        KeepHistory(nowMs);
    }

    /// <summary>A channel stays while a gateway listens or has a member in it, though nobody calls it.</summary>
    private void StayIfHeard()
    {
        if (_isHeard == _leases.HasAny)
            return;
        _isHeard = _leases.HasAny;
        DelayDeactivation(_isHeard ? TimeSpan.MaxValue : TimeSpan.Zero);
    }

    /// <summary>The last thing of a turn: the silo may have found since that there is no room, and woken the channel before the timer was set anew.</summary>
    private void KeepHistory(long nowMs)
    {
        HearOf(nowMs);
        _keeping.Keep(_numbering, nowMs);
    }

    private void HearOf(long nowMs)
    {
        if (_leases.HasAny)
            _keeping.Heard(nowMs);
    }

    private async Task TellPresenceAsync(long nowMs, bool isLast = false)
    {
        var tick = _presence.Tick(nowMs, isLast);
        foreach (var (members, connections) in PresencePublications.Of(tick, _presence.Counts.Users))
        {
            var publication = _numbering.Next(PresencePublications.Of(members, _numbering.Head), nowMs);
            _numbering.Apply(PresencePublications.With(connections, publication), nowMs);
        }

        if (tick.Delta is not { } delta)
            return;
        _hooks?.Note(delta, nowMs);
        await _presence.TellWatchersAsync(delta);
    }

    private void TellHooks(long nowMs)
    {
        _hooks?.Tell(OccupancyNow(), _numbering.Head, nowMs);
        WakeAt(_hooks?.DueMs, nowMs);
    }

    /// <summary>Who is kept is not told again after a crash: so members are kept once who came and went is told, which wakes the channel.</summary>
    private void KeepMembers(long nowMs)
    {
        var mayKeep = _hooks is not { IsBehind: true };
        if (mayKeep)
            _presence.KeepIfDue(nowMs);
        if (mayKeep || _presence.DueMs > nowMs)
            WakeAt(_presence.DueMs, nowMs);
    }

    /// <summary>Behind what is sent already, so that whoever has missed something sees that too.</summary>
    private async Task TellOccupancyAsync(long nowMs)
    {
        if (!_subscribers.IsFollowed)
            return;
        if (_subscribers.IsTime(nowMs) && _subscribers.Take(OccupancyNow(), nowMs) is { } occupancy)
            await _stream.OnNextAsync(_numbering.Reminder() with { Occupancy = occupancy });
        WakeAt(_subscribers.DueMs, nowMs);
    }

    private Occupancy OccupancyNow()
    {
        var (users, connections) = _presence.Counts;
        return new() { Connections = connections, Users = users, Subscribers = _subscribers.Count };
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
        _leases.EndStanding();
        services.Instruments.Framed(frame.Publications.Length);
        await _stream.OnNextAsync(frame);
    }

    private void WakeAt(long? dueMs, long nowMs)
    {
        if (dueMs is not { } atMs || atMs >= _wakeMs)
            return;
        _wakeMs = atMs;
        _wake.Change(TimeSpan.FromMilliseconds(Math.Max(0, atMs - nowMs)), Never);

        // Woken in this turn, which the timer has just forgotten.
        if (_isWoken)
            Wake();
    }

    /// <summary>False: what was published is not told, or nobody would know that it is not, so nothing may be numbered.</summary>
    private async Task<bool> TryCatchUpHooksAsync()
    {
        if (_hooks is null || await _hooks.TryCatchUpAsync(_numbering.Head))
            return true;
        WakeAt(_hooks.DueMs, services.NowMs);
        return false;
    }

    /// <summary>False: what the log has is not known, so nothing may be numbered.</summary>
    private async Task<bool> TryCatchUpAsync()
    {
        if (_log is null)
            return true;
        if (await _log.TryCatchUpAsync(_numbering.Head) is not { } missed)
            return false;

        // What was missed may have amended something, and what memory has of that is of before: the log has it.
        if (missed.Count > 0)
            _numbering.ShrinkHistory(0);
        foreach (var publication in missed)
        {
            _numbering.Apply(publication, services.NowMs);
            _hooks?.Note(_numbering.Head.Epoch, publication);
        }

        return true;
    }
}
