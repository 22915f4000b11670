using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Grains.Placement;
using WhatsSound.Grains.Playback;
using WhatsSound.Grains.Presence;
using WhatsSound.Playback;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Owns a room: settings, host, queue, votes, playback. A command is decided by <see cref="RoomRules"/>, saved with its outbox, published, answered.
/// Bounded by <see cref="RoomOptions"/>. This part: its life, and how a decision takes effect.
/// </summary>
[GrainType("room")]
[RoomPlacement]
internal sealed partial class RoomGrain : Grain, IRoomGrain, IRemindable, IGrainMigrationParticipant
{
    private readonly RoomStore _store;
    private readonly RoomOptions _options;
    private readonly Departures _departures;
    private readonly IRoomClock _clock;
    private readonly ILogger _logger;
    private readonly RoomChannels _channels;
    private readonly RoomPositions _positions;
    private RoomOutbox _outbox = null!;
    private readonly RoomChat _chat;
    private readonly RoomReading _reading;
    private readonly RoomReminder _reminder;
    private string _roomId = "";
    private Attendance _attendance = Attendance.Nobody;
    private RoomMemory? _moved;
    private PlaybackVector? _rebased;
    private HostPositionRelay _hostPositions = null!;
    private RoomTimer _alarm = null!;
    private RoomTimer _outboxRetry = null!;
    private RoomTimer _upkeep = null!;
    private RoomTimer _watch = null!;
    private RoomTimer _hostPositionDelay = null!;

    public RoomGrain(
        [PersistentState("room", "grains")] IPersistentState<RoomState> stored,
        IOptions<RoomOptions> options,
        Departures departures,
        IRoomClock clock,
        TimeProvider time,
        ILogger<RoomGrain> logger)
    {
        _options = options.Value;
        _departures = departures;
        _clock = clock;
        _logger = logger;
        _store = new RoomStore(stored, _options, clock, logger, DeactivateOnIdle);
        _channels = new RoomChannels(GrainFactory, time, _options, logger);
        _positions = new RoomPositions(_channels, clock);
        _chat = new RoomChat(_channels, _options, clock);
        _reading = new RoomReading(_channels, _positions);
        _reminder = new RoomReminder(this);
    }

    private Room? Room => _store.State.Room;

    private RoomMoment Moment => new(_clock.NowMs, _attendance, _options);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        _roomId = key.StartsWith(RoomId.KeyOf(""), StringComparison.Ordinal) ? RoomId.FromKey(key) : key;
        _outbox = new RoomOutbox(_roomId, _channels, _positions, _options, _logger);
        _hostPositions = new HostPositionRelay(_roomId, _channels, _positions, _options, Guid.NewGuid().ToString("N"));
        _alarm = new RoomTimer(this, OnAlarmAsync);
        _outboxRetry = new RoomTimer(this, OnOutboxRetryAsync);
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
    public void OnDehydrate(IDehydrationContext dehydrationContext) => RoomMemory.Write(dehydrationContext, _attendance, _presenceVersion);

    public void OnRehydrate(IRehydrationContext rehydrationContext) => _moved = RoomMemory.Read(rehydrationContext);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        // Being active is all that was wanted: activation has set the timers. Upkeep takes an idle room's reminder away.
        SetUpkeep();
        return Task.CompletedTask;
    }

    /// <summary>
    /// The room as it was saved goes on: nothing waits for a channel here, the timers do that. The saved members count until presence is known, unless the room
    /// comes from another silo, which knew it.
    /// </summary>
    private void Resume(Room room)
    {
        var nowMs = _clock.NowMs;
        _outbox.Resume(_store.State.Outbox);
        var attendance = _moved?.Attendance ?? Attendance.Presumed(_store.State.Members, SettlesAtMs());
        _presenceVersion = _moved?.PresenceVersion ?? 0;
        _attendance = attendance.Observe(room.HostUserId, nowMs);
        _moved = null;
        _rebased = PlaybackRules.Rebase(room.Playback.Vector, _store.State.SavedAtMs, nowMs);
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
        if (CheckMember(command.UserId) is { } notMember)
            return notMember;
        if (!await CatchUpAsync())
            return RoomRefusals.NotReady();
        return await CarryOutAsync(command, print, decide(Room, Moment));
    }

    /// <summary>What the command's id was answered already; a refusal where that was another command.</summary>
    private Answer<RoomReceipt>? FindAnswer(RoomCommand command, string print) =>
        (_store.FindAnswer(command) ?? _chat.FindAnswer(command))?.AnswerTo(print);

    private async Task<Answer<RoomReceipt>> CarryOutAsync(RoomCommand command, string print, RoomDecision decision)
    {
        if (decision.Refusal is { } refusal)
            return refusal;
        var receipt = new RoomReceipt { Revision = decision.Room!.Revision, EntryIds = decision.EntryIds };
        return await CommitAsync(decision, KeptReceipt.Of(command, print, receipt, _clock.NowMs)) is { } unsaved ? unsaved : receipt;
    }

    /// <summary>What time and members have brought about since the last turn. False: it could not be saved.</summary>
    private async Task<bool> CatchUpAsync()
    {
        if (Room is not { } room)
            return true;
        _attendance = _attendance.Observe(room.HostUserId, _clock.NowMs);
        var decision = _rebased is { } vector ? RoomRules.Reanchor(room, vector, Moment) : RoomRules.Advance(room, Moment);
        if (!decision.Events.IsEmpty && await CommitAsync(decision) is not null)
            return false;
        _rebased = null;
        return true;
    }

    /// <summary>
    /// Saves the room after a decision, its publications and its receipt in one write, then publishes. Null, or as <see cref="RoomStore.SaveAsync"/>: then nothing is
    /// published yet. A receipt is saved also where nothing happened: after a crash the same command might find something to do.
    /// </summary>
    private async Task<Refusal?> CommitAsync(RoomDecision decision, KeptReceipt? receipt = null)
    {
        var state = _store.With(receipt);
        if (decision.Events.IsEmpty)
            return receipt is null ? null : await SaveAsync(state with { Outbox = _outbox.Unsent });

        var outbox = _outbox.With(RoomPublications.Of(decision.Room!, decision.Events));
        if (await SaveAsync(state with { Room = decision.Room, Outbox = outbox }) is { } unsaved)
            return unsaved;
        _outbox.Take(outbox);
        await DrainAsync();
        await AfterCommitAsync(decision);
        return null;
    }

    private Task<Refusal?> SaveAsync(RoomState next) => _store.SaveAsync(next, _attendance.ToRoster());

    private async Task AfterCommitAsync(RoomDecision decision)
    {
        _attendance = _attendance.Observe(decision.Room!.HostUserId, _clock.NowMs);
        SetAlarm();
        SetUpkeep();
        if (decision.Events.Any(happened => happened is HostNamed or Rooms.RoomCreated))
            await NameHostAsync();
    }

    /// <summary>A member; or somebody who may be one, as long as the members of before a crash are still coming back.</summary>
    private Refusal? CheckMember(string userId)
    {
        if (_attendance.IsPresent(userId))
            return null;
        return _attendance.SettlesAtMs is null
            ? Refusals.Final(RefusalCode.NotMember, "The user is not in the room.", userId)
            : Refusals.Retry(RefusalCode.NotReady, "The room has just come back and does not know the user yet.", TimeSpan.FromSeconds(1));
    }

    private Refusal NotFound()
    {
        // Nothing is kept for a room that does not exist.
        DeactivateOnIdle();
        return Refusals.Final(RefusalCode.RoomNotFound, $"There is no room '{_roomId}'.", _roomId);
    }
}
