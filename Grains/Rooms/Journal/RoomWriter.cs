using WhatsSound.Grains.Presence;
using WhatsSound.Playback;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// How a decision takes effect: its events and its receipt are appended to the journal in one entry, folded, and then published. What time and members bring about
/// is decided before anything else.
/// </summary>
/// <param name="roomId">The room, whether there is one or not.</param>
/// <param name="store">What is kept.</param>
/// <param name="outbox">What is to be published.</param>
/// <param name="members">Who is here.</param>
/// <param name="options">The limits.</param>
/// <param name="clock">Room time.</param>
/// <param name="publish">Publishes the outbox, as far as its channels answer.</param>
/// <param name="changed">Called after a decision has taken effect.</param>
internal sealed class RoomWriter(
    string roomId, RoomStore store, RoomOutbox outbox, RoomMembers members, RoomOptions options, IRoomClock clock, Func<Task> publish, Func<RoomDecision, Task> changed)
{
    /// <summary>Where the player is after a time without the room in memory, until that is saved.</summary>
    private PlaybackVector? _rebased;

    private readonly SongAudience _audience = new();

    public RoomMoment Moment => new(clock.NowMs, members.Attendance, members.Electorate.At(clock.NowMs), options)
    {
        Lead = members.Latencies.Lead(options.Lead),
        IsKicked = members.IsKicked,
        ReadyOf = members.Readiness.Of,
        Audience = _audience,
    };

    /// <summary>Whether the room is to be put away, as it will be in its next turn.</summary>
    public bool IsToClose => store.Room is { } room && ClosingRules.DueAtMs(room, Moment) <= clock.NowMs;

    /// <summary>Whether something went out since the last entry, or members came and went.</summary>
    public bool HasUnsaved => store.HasUnsaved(members.Attendance, Published);

    private long Published => outbox.PublishedUpTo(store.Number);

    private Attendance Attendance => members.Attendance;

    /// <summary>What a decision of this moment may look at.</summary>
    public RoomTurn TurnOf(string userId, string? displayName = null) => new(roomId, store.Room, userId, displayName, Moment, static () => Guid.NewGuid().ToString("N"));

    /// <summary>The room as it was saved goes on.</summary>
    public void Resume(Room room) => _rebased = PlaybackRules.Rebase(room.Playback.Vector, store.SavedAtMs, clock.NowMs);

    /// <summary>What time and members have brought about since the last turn. False: it could not be saved.</summary>
    public async Task<bool> CatchUpAsync()
    {
        if (store.Room is not { } room)
            return true;
        members.Observe(room.HostUserId);
        ObserveAudience();
        var decision = _rebased is { } vector ? PlaybackCommandRules.Reanchor(room, vector, Moment) : RoomCourse.Advance(room, Moment);
        if (!decision.Events.IsEmpty && await CommitAsync(decision) is not null)
            return false;
        _rebased = null;
        return true;
    }

    /// <summary>Carries out what was decided of a command, and answers it.</summary>
    public async Task<Answer<RoomReceipt>> CarryOutAsync(RoomCommand command, string print, RoomDecision decision)
    {
        if (decision.Refusal is { } refusal)
            return refusal;
        if (outbox.IsFull)
            return RoomRefusals.NotReady();
        var receipt = new RoomReceipt
        {
            Revision = decision.Room!.Revision,
            EntryIds = decision.EntryIds,
            Songs = decision.Songs,
            Operation = decision.Operation,
            Invite = decision.Invite,
        };
        return await CommitAsync(decision, KeptReceipt.Of(command, print, receipt, clock.NowMs)) is { } unsaved ? unsaved : receipt;
    }

    /// <summary>
    /// Null, or as <see cref="RoomStore.AppendAsync"/>: then nothing is published yet. A receipt is saved also where nothing happened: after a crash the same command
    /// might find something to do.
    /// </summary>
    public async Task<Refusal?> CommitAsync(RoomDecision decision, KeptReceipt? receipt = null)
    {
        if (decision.Events.IsEmpty && receipt is null)
            return null;
        var before = store.Room;
        if (await store.AppendAsync(decision, receipt, Attendance, Published) is { } unsaved)
            return unsaved;
        if (decision.Events.IsEmpty)
            return null;
        outbox.Add(RoomPublications.Of(before, decision.Room!, decision.Events), store.Number);
        await publish();
        members.Observe(decision.Room!.HostUserId);
        ObserveAudience();
        await changed(decision);
        return null;
    }

    private void ObserveAudience()
    {
        if (store.Room is { Playback.Vector: var vector } room)
            _audience.Observe(room.Current?.EntryId, vector.Status == PlaybackStatus.Playing, Attendance.Members.Count, clock.NowMs);
    }

    /// <summary>Saves what is not a decision: an answer, what went out, who is here.</summary>
    public Task<Refusal?> SaveAsync() => store.AppendAsync(decision: null, receipt: null, Attendance, Published);
}
