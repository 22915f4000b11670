using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Grains.Placement;
using WhatsSound.Grains.Storage;
using WhatsSound.Grains.Users;
using WhatsSound.Playback;
using WhatsSound.Presence;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Owns a room: settings, roles, queue, votes, playback. A command is validated, decided by its entry in <see cref="ActionRules"/>, appended to the journal and published by
/// <see cref="RoomWriter"/>, and answered. Bounded by <see cref="RoomOptions"/>.
/// </summary>
[GrainType("room")]
[RoomPlacement]
internal sealed class RoomGrain : Grain, IRoomGrain, IChatRoom, IRemindable, IGrainMigrationParticipant
{
    /// <summary>A cluster that does not say what time it is keeps no room from going on.</summary>
    private static readonly TimeSpan ClockPatience = TimeSpan.FromSeconds(5);

    private readonly string _roomId;
    private readonly RoomOptions _options;
    private readonly Departures _departures;
    private readonly IRoomClock _clock;
    private readonly TimeProvider _time;
    private readonly RoomStore _store;
    private readonly RoomMembers _members;
    private readonly RoomOutbox _outbox;
    private readonly RoomDrain _drain;
    private readonly RoomWriter _writer;
    private readonly RoomAnswers _answers;
    private readonly RoomAccess _access;
    private readonly Entrance _entrance;
    private readonly RoomReading _reading;
    private readonly RoomReads _reads;
    private readonly OwnerPlace _place;
    private readonly RoomReports _reports;
    private readonly RoomUpkeep _upkeep;
    private readonly RoomWatch _watch;
    private readonly RoomAftermath _aftermath;
    private RoomMemory? _moved;

    public RoomGrain(
        [PersistentState("room", "grains")] IPersistentState<RoomState> stored,
        IRoomJournal journal,
        IOptions<RoomOptions> options,
        IOptions<RoomDirectoryOptions> directory,
        Departures departures,
        IRoomClock clock,
        TimeProvider time,
        UserInstruments instruments,
        ILogger<RoomGrain> logger)
    {
        var key = this.GetPrimaryKeyString();
        _roomId = key.StartsWith(RoomId.KeyOf(""), StringComparison.Ordinal) ? RoomId.FromKey(key) : key;
        (_options, _departures, _clock, _time) = (options.Value, departures, clock, time);
        var channels = new RoomChannels(GrainFactory, time, _options, logger);
        var positions = new RoomPositions(channels, clock);
        _store = new RoomStore(_roomId, stored, journal, _options, clock, time, logger, DeactivateOnIdle);
        _members = new RoomMembers(this, _roomId, channels, _options, clock, MayVoteSkipFromMs);
        _outbox = new RoomOutbox(_roomId, channels, positions, _options, logger);
        _drain = new RoomDrain(_outbox, new NoticeLanes(_roomId, _outbox, this, GrainFactory, _options, time, logger, instruments), this, _options, time);
        _writer = new RoomWriter(_roomId, _store, _outbox, _members, _options, clock, _drain.RunAsync, decision => _aftermath!.FollowAsync(decision));
        _answers = new RoomAnswers(_store, _options, clock);
        _access = new RoomAccess(_roomId, _store, _members, clock, () => _watch!.WakeSoon(), DeactivateOnIdle);
        _entrance = new Entrance(_options);
        _reading = new RoomReading(channels, positions, new SnapshotChat(channels, RoomId.ChatOf(_roomId), this, _options, time));
        _reads = new RoomReads(_store, _writer, _members, _access, _answers, new PlaysReading(_roomId, GrainFactory, _options, time, logger), clock);
        _place = new OwnerPlace(GrainFactory, _options, time, logger);
        var listings = new RoomListings(GrainFactory, directory.Value, _options, clock, time, logger);
        var relay = new HostPositionRelay(_roomId, channels, positions, _options, Guid.NewGuid().ToString("N"));
        _reports = new RoomReports(this, _store, _writer, _members, _access, relay, clock);
        _upkeep = new RoomUpkeep(_roomId, this, GrainFactory, _store, _writer, _members, _outbox, listings, _place, _options, time, logger);
        _watch = new RoomWatch(this, _store, _writer, _members, _outbox, _drain, _upkeep, _answers, _options, clock, () => this.AsReference<IPresenceWatcher>(), DelayDeactivation);
        _aftermath = new RoomAftermath(_members, _writer, _watch, _upkeep, new ChatSettling(GrainFactory, _roomId, time, _options, logger), listings, logger);
    }

    private Room? Room => _store.Room;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // On a silo that has just come: what the room would anchor now would be by a clock that nobody else has.
        await _clock.WhenSet.WaitAsync(ClockPatience, _time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _outbox.Resume(await _store.LoadAsync(cancellationToken));
        if (Room is { } room)
            Resume(room);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_departures.ShouldMove(reason))
            MigrateOnIdle();

        _drain.Stop();

        // Only so that the next activation has less to read.
        return _store.SnapshotAsync(_outbox.Unsent, cancellationToken);
    }

    // What is saved is read again where the room goes on.
    public void OnDehydrate(IDehydrationContext dehydrationContext) => _members.Write(dehydrationContext);

    public void OnRehydrate(IRehydrationContext rehydrationContext) => _moved = RoomMemory.Read(rehydrationContext);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        // Being active is all that was wanted: activation has set the timers. Upkeep takes an idle room's reminder away.
        _upkeep.Reminded();
        return Task.CompletedTask;
    }

    public async Task<Answer<RoomReceipt>> ActAsync(RoomCommand command)
    {
        if (CommandRules.Check(command) is { } malformed)
            return malformed;
        if (ActionRules.Find(command.Action) is not { IsReport: false } rule)
            return ActionRules.Unknown();
        if (rule.Check(command.Action) is { } badRequest)
            return badRequest;
        if (rule.IsForMembers && Room is null)
            return _access.NotFound();
        var print = rule.Print(command.Action);
        if (_answers.Find(command, print) is { } given)
            return given;
        if (rule.IsForMembers && _access.CheckMember(command.UserId) is { } notMember)
            return notMember;
        _members.Saw(command.UserId);
        if (!await _writer.CatchUpAsync())
            return RoomRefusals.NotReady();
        var decision = rule.Answer(_writer.TurnOf(command.UserId, command.DisplayName), command.Action);
        if (await _place.TakeAsync(decision) is { } noPlace)
            return noPlace;
        var before = Room;
        var answer = await _writer.CarryOutAsync(command, print, decision);
        if (answer.Refusal is { Code: RefusalCode.NotReady })
            await _place.GiveBackAsync(before, decision);
        return answer;
    }

    public async Task<Answer<RoomSnapshot>> JoinAsync(RoomCommand command, PresenceEntry entry)
    {
        if ((CommandRules.Check<JoinRoom>(command) ?? CommandRules.CheckEntry(command, entry)) is { } malformed)
            return malformed;
        if (Room is null)
            return _access.NotFound();

        // Who comes after months does not find open what was to be put away meanwhile.
        if (_writer.IsToClose && !await _writer.CatchUpAsync())
            return RoomRefusals.NotReady();
        var room = Room;
        var join = (JoinRoom)command.Action;
        var (inviteId, isOut) = _entrance.Ask(room, command.UserId, join, _members.IsMember(command.UserId), _clock.NowMs);
        if (isOut is not null)
            return isOut;
        await _watch.WakeAsync();
        if (_answers.Find(command, LifeActions.JoinPrint) is { IsRefused: true, Refusal: var conflict })
            return conflict;
        var isBack = _members.Attendance.IsPresent(command.UserId);
        var bounded = entry with { MembersMax = LifeRules.MembersMaxFor(room, command.UserId, _options) };
        var entered = await _members.EnterAsync(bounded);
        if (entered.IsRefused)
            return LifeRules.OfJoin(entered.Refusal, bounded.MembersMax);
        _answers.Remember(command, LifeActions.JoinPrint, new RoomReceipt { Revision = room.Revision });
        _upkeep.SetSoon();
        if (!isBack)
            await _place.VisitAsync(room, command.UserId, _clock.NowMs);
        if (!await _writer.CatchUpAsync())
            return RoomRefusals.NotReady();
        if (inviteId is not null && await _writer.CommitAsync(_writer.TurnOf(command.UserId, command.DisplayName).Decide(new InviteUsed(inviteId, command.UserId, _clock.NowMs))) is { } unsaved)
            return unsaved;
        _watch.SetAlarm();
        return join.NeedsNoSnapshot ? RoomSnapshots.Bare(Room!, _writer.Moment, command.UserId, entered.Value) : await ReadSnapshotAsync(command.UserId, entered.Value, isFresh: false);
    }

    public async Task<Answer<RoomSnapshot>> GetSnapshotAsync(string userId)
    {
        if (_access.Refuse(userId) is { } refusal)
            return refusal;
        if (!await _writer.CatchUpAsync())
            return RoomRefusals.NotReady();

        // Somebody who asks again may have been told of a lost epoch: what is remembered of the channels is not good enough.
        return await ReadSnapshotAsync(userId, entered: null, isFresh: true);
    }

    public async Task<Answer<RoomReceipt>> LeaveAsync(RoomCommand command, PresenceExit exit)
    {
        if ((CommandRules.Check<LeaveRoom>(command) ?? CommandRules.CheckExit(command, exit)) is { } malformed)
            return malformed;
        if (Room is not { } room)
            return _access.NotFound();
        var given = _answers.Find(command, LifeActions.LeavePrint);
        if (given is { IsRefused: true })
            return given;
        if (given is null && !_members.IsSentOut(command.UserId) && _access.CheckPresent(command.UserId) is { } notMember)
            return notMember;

        var receipt = given?.Value ?? new RoomReceipt { Revision = room.Revision };

        // Before it is known whether they are out: the same command again must not meet the check of membership.
        _answers.Remember(command, LifeActions.LeavePrint, receipt);

        // Also when it was answered before: the connection may have joined again since. An exit that comes late takes nobody out who came after it.
        if (!await _members.LeaveAsync(exit with { Abrupt = false }, room.HostUserId))
            return RoomRefusals.OutcomeUnknown();
        if (_store.FindAnswer(command) is not null)
            return receipt;
        _store.Answered(KeptReceipt.Of(command, LifeActions.LeavePrint, receipt, _clock.NowMs));
        return await _writer.SaveAsync() is { } unsaved ? unsaved : receipt;
    }

    // Interleaves: the chat asks back.
    public Task<Answer<RoomReceipt>> SayAsync(RoomCommand command) => GrainFactory.GetGrain<IChatGrain>(RoomId.KeyOf(_roomId)).ActAsync(command);

    // Interleaves: it reads the room and its membership, which are replaced as a whole, without waiting in between.
    public Task<Answer<ChatStanding>> GetChatStandingAsync(ChatQuestion question) => Task.FromResult(_reads.ReadChatStanding(question));

    public async Task<Answer<Done>> RecordDeletionAsync(ChatDeletion deletion)
    {
        if (Room is not { } room)
            return _access.NotFound();
        if (MessageDeleted.IsIn(room, deletion.Offset))
            return Done.Value;
        if (!await _writer.CatchUpAsync())
            return RoomRefusals.NotReady();
        var deleted = new MessageDeleted(deletion.Offset, deletion.UserId, deletion.By, deletion.AtMs);
        return await _writer.CommitAsync(_writer.TurnOf(deletion.By).Decide(deleted)) is { } unsaved ? unsaved : Done.Value;
    }

    public Task<Answer<QueuePage>> GetQueuePageAsync(string userId, string? cursor, int count) => Task.FromResult(_reads.ReadQueue(userId, cursor, count));

    public Task<Answer<PlaceReason>> GetPlaceReasonAsync(string userId, string entryId) => Task.FromResult(_reads.ReadPlaceReason(userId, entryId));

    public Task<Answer<FallbackPage>> GetFallbackAsync(string userId, int from, int count) => Task.FromResult(_reads.ReadFallback(userId, from, count));

    public Task<Answer<Done>> ReportAsync(string userId, RoomAction report) => _reports.TakeAsync(userId, report);

    public Task<RoomOwnership> GetOwnershipAsync() => Task.FromResult(_reads.ReadOwnership());

    public Task<Answer<RoomPlaysPage>> GetPlaysAsync(string userId, RoomPlaysRequest request) => _reads.ReadPlaysAsync(userId, request);

    public Task<Answer<RoomStatistics>> GetStatisticsAsync(string userId) => _reads.ReadStatisticsAsync(userId);

    public Task<Answer<RoomRecords>> ReadRecordsAsync(string userId, RoomRecordsRequest request) => Task.FromResult(_reads.ReadRecords(userId, request));

    public async Task OnPresenceChangedAsync(PresenceDelta delta)
    {
        if (Room is not { } room || !await _members.TakeAsync(delta, room.HostUserId, this.AsReference<IPresenceWatcher>()))
            return;
        _watch.WakeSoon();
        await _watch.AfterPresenceAsync();
    }

    /// <summary>The room as it was saved goes on: nothing waits for a channel here, the timers do that.</summary>
    private void Resume(Room room)
    {
        _members.Resume(_moved, _store.Members, _store.SavedAtMs, room.HostUserId);
        _moved = null;
        if (room.ClosedAtMs is not null)
            _members.SendOut();
        _writer.Resume(room);
        _watch.Start();
        _drain.Start();
        _upkeep.SetSoon();
    }

    /// <summary>A snapshot of what the channels have said, once everything decided is published.</summary>
    private async Task<Answer<RoomSnapshot>> ReadSnapshotAsync(string userId, PresenceView? entered, bool isFresh)
    {
        await _drain.RunAsync();
        return _outbox.IsRoomTold && await _reading.ReadAsync(Room!, _writer.Moment, userId, entered, isFresh) is { } snapshot ? snapshot : RoomRefusals.NotReady();
    }

    private long? MayVoteSkipFromMs(string userId) => Room is { } room ? Voters.FromMs(room, userId, _clock.NowMs) : null;
}
