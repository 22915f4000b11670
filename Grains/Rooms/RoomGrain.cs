using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Grains.Placement;
using WhatsSound.Grains.Playback;
using WhatsSound.Playback;
using WhatsSound.Presence;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Owns a room: settings, host, queue, votes, playback. A command is decided by <see cref="RoomRules"/>, saved with its outbox and published by
/// <see cref="RoomWriter"/>, and answered. Bounded by <see cref="RoomOptions"/>.
/// </summary>
[GrainType("room")]
[RoomPlacement]
internal sealed class RoomGrain : Grain, IRoomGrain, IRemindable, IGrainMigrationParticipant
{
    /// <summary>An alarm further away is set in steps, so that a clock that is set right in the meantime moves it.</summary>
    private static readonly TimeSpan AlarmMax = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan SaveRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OutboxRetryMin = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan OutboxRetryMax = TimeSpan.FromSeconds(10);

    private readonly string _roomId;
    private readonly RoomOptions _options;
    private readonly Departures _departures;
    private readonly IRoomClock _clock;
    private readonly ILogger _logger;
    private readonly RoomStore _store;
    private readonly RoomMembers _members;
    private readonly RoomOutbox _outbox;
    private readonly RoomWriter _writer;
    private readonly RoomChat _chat;
    private readonly RoomReading _reading;
    private readonly RoomListings _listings;
    private readonly RoomReminder _reminder;
    private readonly HostPositionRelay _hostPositions;
    private RoomTimer _alarm = null!;
    private RoomTimer _outboxRetry = null!;
    private RoomTimer _upkeep = null!;
    private RoomTimer _watch = null!;
    private RoomTimer _hostPositionDelay = null!;
    private TimeSpan _outboxRetryDelay = OutboxRetryMin;
    private HostDrift? _hostDrift;
    private RoomMemory? _moved;

    public RoomGrain(
        [PersistentState("room", "grains")] IPersistentState<RoomState> stored,
        IOptions<RoomOptions> options,
        Departures departures,
        IRoomClock clock,
        TimeProvider time,
        ILogger<RoomGrain> logger)
    {
        var key = this.GetPrimaryKeyString();
        _roomId = key.StartsWith(RoomId.KeyOf(""), StringComparison.Ordinal) ? RoomId.FromKey(key) : key;
        _options = options.Value;
        _departures = departures;
        _clock = clock;
        _logger = logger;
        var channels = new RoomChannels(GrainFactory, time, _options, logger);
        var positions = new RoomPositions(channels, clock);
        _store = new RoomStore(stored, _options, clock, logger, DeactivateOnIdle);
        _members = new RoomMembers(_roomId, channels, _options, clock);
        _outbox = new RoomOutbox(_roomId, channels, positions, _options, logger);
        _writer = new RoomWriter(_store, _outbox, _members, _options, clock, DrainAsync, AfterCommitAsync);
        _chat = new RoomChat(channels, _options, clock);
        _reading = new RoomReading(channels, positions);
        _listings = new RoomListings(GrainFactory, clock, logger);
        _reminder = new RoomReminder(this);
        _hostPositions = new HostPositionRelay(_roomId, channels, positions, _options, Guid.NewGuid().ToString("N"));
    }

    private Room? Room => _store.State.Room;

    private RoomMoment Moment => _writer.Moment;

    private bool IsBusy => Room?.Playback.Vector.Status == PlaybackStatus.Playing || !_outbox.Unsent.IsEmpty;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _alarm = new RoomTimer(this, OnAlarmAsync);
        _outboxRetry = new RoomTimer(this, DrainAsync);
        _upkeep = new RoomTimer(this, OnUpkeepAsync);
        _watch = new RoomTimer(this, OnWatchAsync);
        _hostPositionDelay = new RoomTimer(this, OnHostPositionDelayAsync);
        _store.Upgrade();
        if (Room is { } room)
            Resume(room);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_departures.ShouldMove(reason))
            MigrateOnIdle();
        return Task.CompletedTask;
    }

    // The saved state goes along by itself.
    public void OnDehydrate(IDehydrationContext dehydrationContext) => _members.Write(dehydrationContext);

    public void OnRehydrate(IRehydrationContext rehydrationContext) => _moved = RoomMemory.Read(rehydrationContext);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        // Being active is all that was wanted: activation has set the timers. Upkeep takes an idle room's reminder away.
        SetUpkeep();
        return Task.CompletedTask;
    }

    public async Task<Answer<RoomReceipt>> CreateAsync(RoomCommand command, RoomSettings settings)
    {
        if (CommandRules.Check(command) is { } malformed)
            return malformed;
        if (!RoomId.IsValid(_roomId))
            return Refusals.BadRequest("roomId", "A room id has 3 to 64 of a-z, 0-9 and -, and starts and ends with a letter or digit.");
        var print = CommandPrint.Of("create", settings?.Name, settings?.Description, settings is { IsListed: true } ? "listed" : "");
        if (FindAnswer(command, print) is { } given)
            return given;
        var isNew = Room is null;
        var answer = await _writer.CarryOutAsync(command, print, RoomRules.Create(Room, _roomId, command.UserId, settings, Moment));
        if (isNew && !answer.IsRefused)
        {
            _logger.RoomCreated(_roomId);
            _watch.Set(_options.WatchInterval);
            await _members.WatchAsync(this.AsReference<IPresenceWatcher>());
            await _listings.RegisterAsync(Room!, _members.Attendance.Members.Count);
        }

        return answer;
    }

    public async Task<Answer<RoomSnapshot>> JoinAsync(RoomCommand command, PresenceEntry entry)
    {
        if ((CommandRules.Check(command) ?? CommandRules.CheckEntry(command, entry)) is { } malformed)
            return malformed;
        if (Room is not { } room)
            return NotFound();
        var bounded = entry with { MembersMax = RoomRules.MembersMaxFor(room, command.UserId, _options) };
        var entered = await _members.EnterAsync(bounded);
        if (entered.IsRefused)
            return RoomRules.OfJoin(entered.Refusal, bounded.MembersMax);
        SetUpkeep();
        if (!await _writer.CatchUpAsync())
            return RoomRefusals.NotReady();
        SetAlarm();
        return await ReadSnapshotAsync(command.UserId, entered.Value, isFresh: false);
    }

    public async Task<Answer<RoomSnapshot>> GetSnapshotAsync(string userId)
    {
        if (CommandRules.CheckUserId("userId", userId) is { } malformed)
            return malformed;
        if (Room is null)
            return NotFound();
        if (_members.Check(userId) is { } notMember)
            return notMember;
        if (!await _writer.CatchUpAsync())
            return RoomRefusals.NotReady();

        // Somebody who asks again may have been told of a lost epoch: what is remembered of the channels is not good enough.
        return await ReadSnapshotAsync(userId, entered: null, isFresh: true);
    }

    public Task<Answer<RoomReceipt>> LeaveAsync(RoomCommand command, string connectionId) =>
        LeaveAsync(command, new PresenceExit { UserId = command?.UserId ?? "", ConnectionId = connectionId });

    public async Task<Answer<RoomReceipt>> LeaveAsync(RoomCommand command, PresenceExit exit)
    {
        if ((CommandRules.Check(command) ?? CommandRules.CheckExit(command, exit)) is { } malformed)
            return malformed;
        if (Room is not { } room)
            return NotFound();
        var print = CommandPrint.Of("leave");
        if (FindAnswer(command, print) is { } given)
            return given;
        if (_members.Check(command.UserId) is { } notMember)
            return notMember;
        if (!await _members.LeaveAsync(exit with { Abrupt = false }))
            return RoomRefusals.OutcomeUnknown();
        var receipt = new RoomReceipt { Revision = room.Revision };

        // Kept before it is saved: the user has left, so the same command again must not meet the check of membership.
        _store.Answered(KeptReceipt.Of(command, print, receipt, _clock.NowMs));
        return await _writer.SaveAsync() is { } unsaved ? unsaved : receipt;
    }

    public Task<Answer<RoomReceipt>> TransferHostAsync(RoomCommand command, string toUserId) =>
        ExecuteAsync(
            command,
            CommandPrint.Of("transferHost", toUserId),
            (room, moment) => RoomRules.TransferHost(room, command.UserId, toUserId, moment),
            CommandRules.CheckUserId("toUserId", toUserId));

    // Interleaves: it reads membership, which is replaced as a whole, and the chat limits, without waiting in between. It changes nothing that is saved; two
    // of the same id get the same answer from the channel, so it does not matter which of them is kept.
    public async Task<Answer<RoomReceipt>> SendChatAsync(RoomCommand command, string text)
    {
        if (CommandRules.Check(command) is { } malformed)
            return malformed;
        if (Room is not { } room)
            return NotFound();
        if (FindAnswer(command, RoomChat.PrintOf(text)) is { } given)
            return given;
        return _members.Check(command.UserId) is { } notMember ? notMember : await _chat.SayAsync(room, command, text);
    }

    public Task<Answer<RoomReceipt>> EnqueueAsync(RoomCommand command, ImmutableArray<Track> tracks) =>
        ExecuteAsync(command, CommandPrint.Of("enqueue", tracks), (room, moment) => RoomRules.Enqueue(room, command.UserId, command.DisplayName, tracks, NewEntryId, moment));

    public Task<Answer<RoomReceipt>> RemoveEntryAsync(RoomCommand command, string entryId) =>
        ExecuteAsync(
            command,
            CommandPrint.Of("removeEntry", entryId),
            (room, moment) => RoomRules.RemoveEntry(room, command.UserId, entryId, moment),
            CommandRules.CheckEntryId(entryId));

    public Task<Answer<RoomReceipt>> VoteAsync(RoomCommand command, string entryId, int value) =>
        ExecuteAsync(
            command,
            CommandPrint.Of("vote", entryId, value),
            (room, moment) => RoomRules.Vote(room, command.UserId, entryId, value, moment),
            CommandRules.CheckEntryId(entryId));

    public Task<Answer<RoomReceipt>> VoteSkipAsync(RoomCommand command, string entryId, bool isOn) =>
        ExecuteAsync(
            command,
            CommandPrint.Of("voteSkip", entryId, isOn ? 1 : 0),
            (room, moment) => RoomRules.VoteSkip(room, command.UserId, entryId, isOn, moment),
            CommandRules.CheckEntryId(entryId));

    public Task<Answer<RoomReceipt>> PlayAsync(RoomCommand command) =>
        ExecuteAsync(command, CommandPrint.Of("play"), (room, moment) => RoomRules.Play(room, command.UserId, moment));

    public Task<Answer<RoomReceipt>> PauseAsync(RoomCommand command) =>
        ExecuteAsync(command, CommandPrint.Of("pause"), (room, moment) => RoomRules.Pause(room, command.UserId, moment));

    public Task<Answer<RoomReceipt>> SeekAsync(RoomCommand command, string entryId, long positionMs) =>
        ExecuteAsync(
            command,
            CommandPrint.Of("seek", entryId, positionMs),
            (room, moment) => RoomRules.Seek(room, command.UserId, entryId, positionMs, moment),
            CommandRules.CheckEntryId(entryId));

    public Task<Answer<RoomReceipt>> SkipAsync(RoomCommand command, string entryId) =>
        ExecuteAsync(
            command,
            CommandPrint.Of("skip", entryId),
            (room, moment) => RoomRules.Skip(room, command.UserId, entryId, moment),
            CommandRules.CheckEntryId(entryId));

    public async Task<Answer<Done>> ReportEndedAsync(string userId, string entryId)
    {
        if (await CheckReportAsync(userId, entryId) is { } refusal)
            return refusal;

        // The room is up to now: if the song was over, it has ended by the room's own reckoning, and only so.
        return Room!.Playback.Current?.EntryId == entryId
            ? Done.Value
            : Refusals.Final(RefusalCode.StaleEntry, "Another song is current.", Room.Playback.Current?.EntryId);
    }

    public async Task<Answer<Done>> ReportHostPositionAsync(string userId, string entryId, long positionMs)
    {
        if (await CheckReportAsync(userId, entryId) is { } refusal)
            return refusal;
        var room = Room!;
        if (RoomRules.CheckHostPosition(room, userId, entryId, positionMs) is { } notHost)
            return notHost;

        var nowMs = _clock.NowMs;
        (_hostDrift, var reanchored) = PlaybackRules.Report(room.Playback.Vector, _hostDrift, positionMs, nowMs);
        if (reanchored is not null && await _writer.CommitAsync(RoomRules.Reanchor(room, reanchored, Moment)) is { } unsaved)
            return unsaved;
        var position = new HostPosition { EntryId = entryId, PositionMs = positionMs, AtMs = nowMs };
        if (await _hostPositions.ReportAsync(userId, position, nowMs) is { } wait && !_hostPositionDelay.IsSet)
            _hostPositionDelay.Set(wait);
        return Done.Value;
    }

    public async Task OnPresenceChangedAsync(PresenceDelta delta)
    {
        if (Room is not null && await _members.TakeAsync(delta, this.AsReference<IPresenceWatcher>()))
            await AfterPresenceAsync();
    }

    private static string NewEntryId() => Guid.NewGuid().ToString("N");

    /// <summary>The room as it was saved goes on: nothing waits for a channel here, the timers do that.</summary>
    private void Resume(Room room)
    {
        _members.Resume(_moved, _store.State.Members, room.HostUserId);
        _moved = null;
        _writer.Resume(room);
        _alarm.Set(TimeSpan.Zero);
        _watch.Set(TimeSpan.Zero);
        _outboxRetry.Set(TimeSpan.Zero);
        SetUpkeep();
    }

    /// <summary>The shape of every command: the same id again has the same answer; the room is brought up to now; then it is decided.</summary>
    private async Task<Answer<RoomReceipt>> ExecuteAsync(
        RoomCommand command, string print, Func<Room, RoomMoment, RoomDecision> decide, Refusal? malformed = null)
    {
        if ((CommandRules.Check(command) ?? malformed) is { } badRequest)
            return badRequest;
        if (Room is null)
            return NotFound();
        if (FindAnswer(command, print) is { } given)
            return given;
        if (_members.Check(command.UserId) is { } notMember)
            return notMember;
        if (!await _writer.CatchUpAsync())
            return RoomRefusals.NotReady();
        return await _writer.CarryOutAsync(command, print, decide(Room, Moment));
    }

    /// <summary>What the command's id was answered already; a refusal where that was another command.</summary>
    private Answer<RoomReceipt>? FindAnswer(RoomCommand command, string print) =>
        (_store.FindAnswer(command) ?? _chat.FindAnswer(command))?.AnswerTo(print);

    private async Task<Refusal?> CheckReportAsync(string userId, string entryId)
    {
        if ((CommandRules.CheckUserId("userId", userId) ?? CommandRules.CheckEntryId(entryId)) is { } malformed)
            return malformed;
        if (Room is null)
            return NotFound();
        if (_members.Check(userId) is { } notMember)
            return notMember;
        return await _writer.CatchUpAsync() ? null : RoomRefusals.NotReady();
    }

    private Refusal NotFound()
    {
        // Nothing is kept for a room that does not exist.
        DeactivateOnIdle();
        return Refusals.Final(RefusalCode.RoomNotFound, $"There is no room '{_roomId}'.", _roomId);
    }

    /// <summary>A snapshot of what the channels have said, once everything decided is published.</summary>
    private async Task<Answer<RoomSnapshot>> ReadSnapshotAsync(string userId, PresenceView? entered, bool isFresh)
    {
        await DrainAsync();
        return _outbox.Unsent.IsEmpty && await _reading.ReadAsync(Room!, Moment, userId, entered, isFresh) is { } snapshot ? snapshot : RoomRefusals.NotReady();
    }

    private async Task AfterCommitAsync(RoomDecision decision)
    {
        SetAlarm();
        SetUpkeep();
        if (decision.Events.Any(happened => happened is HostNamed or RoomCreated))
            await _members.NameHostAsync(decision.Room!.HostUserId);
    }

    private async Task AfterPresenceAsync()
    {
        await OnAlarmAsync();
        SetUpkeep();
    }

    private async Task OnAlarmAsync() => SetAlarm(await _writer.CatchUpAsync());

    private async Task OnWatchAsync()
    {
        _watch.Set(_options.WatchInterval);
        await _members.WatchAsync(this.AsReference<IPresenceWatcher>());
        await _members.NameHostAsync(Room?.HostUserId);
        await AfterPresenceAsync();
        if (IsBusy || !_members.Attendance.Members.IsEmpty)
            DelayDeactivation(4 * _options.WatchInterval);
    }

    private Task OnHostPositionDelayAsync() =>
        _hostPositions.SendWaitingAsync(Room?.HostUserId, Room?.Playback.Current?.EntryId, _clock.NowMs);

    private async Task OnUpkeepAsync()
    {
        try
        {
            if (Room is not null && _writer.HasUnsaved && await _writer.SaveAsync() is not null)
                SetUpkeep();
            if (Room is { } room)
                await _listings.ReportAsync(room, _members.Attendance.Members.Count);
            await _reminder.SetAsync(IsBusy);
        }
        catch (Exception exception)
        {
            // The room itself is well; what was missed here is done the next time.
            _logger.UpkeepFailed(_roomId, exception);
            SetUpkeep();
        }
    }

    /// <summary>Publishes the outbox; what is left is tried again, later and later.</summary>
    private async Task DrainAsync()
    {
        if (await _outbox.DrainAsync())
        {
            _outboxRetryDelay = OutboxRetryMin;
        }
        else if (!_outboxRetry.IsSet)
        {
            _outboxRetry.Set(_outboxRetryDelay);
            _outboxRetryDelay = TimeSpan.FromTicks(Math.Min(OutboxRetryMax.Ticks, 2 * _outboxRetryDelay.Ticks));
        }
    }

    private void SetAlarm(bool isSaved = true)
    {
        if (Room is not { } room || RoomCourse.DueAtMs(room, Moment) is not { } dueAtMs)
        {
            _alarm.Clear();
            return;
        }

        var due = TimeSpan.FromMilliseconds(dueAtMs - _clock.NowMs);
        _alarm.Set(!isSaved && due < SaveRetry ? SaveRetry : due < AlarmMax ? due : AlarmMax);
    }

    private void SetUpkeep()
    {
        if (!_upkeep.IsSet)
            _upkeep.Set(_options.UpkeepInterval);
    }
}
