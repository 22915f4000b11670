using WhatsSound.Grains.Playback;
using WhatsSound.Playback;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// How a decision takes effect: the room, its publications and the receipt are saved in one write, and then published. What time and members bring about is decided
/// before anything else.
/// </summary>
/// <param name="store">What is saved.</param>
/// <param name="outbox">What is to be published.</param>
/// <param name="members">Who is here.</param>
/// <param name="options">The limits.</param>
/// <param name="clock">Room time.</param>
/// <param name="publish">Publishes the outbox, as far as its channels answer.</param>
/// <param name="changed">Called after a decision has taken effect.</param>
internal sealed class RoomWriter(
    RoomStore store, RoomOutbox outbox, RoomMembers members, RoomOptions options, IRoomClock clock, Func<Task> publish, Func<RoomDecision, Task> changed)
{
    /// <summary>Where the player is after a time without the room in memory, until that is saved.</summary>
    private PlaybackVector? _rebased;

    public Room? Room => store.State.Room;

    public RoomMoment Moment => new(clock.NowMs, members.Attendance, options);

    /// <summary>Whether something went out since the last save, or members came and went.</summary>
    public bool HasUnsaved => store.State.Outbox.Length != outbox.Unsent.Length || !store.State.Members.SequenceEqual(members.Attendance.ToRoster());

    /// <summary>The room as it was saved goes on.</summary>
    public void Resume(Room room)
    {
        outbox.Resume(store.State.Outbox);
        _rebased = PlaybackRules.Rebase(room.Playback.Vector, store.State.SavedAtMs, clock.NowMs);
    }

    /// <summary>What time and members have brought about since the last turn. False: it could not be saved.</summary>
    public async Task<bool> CatchUpAsync()
    {
        if (Room is not { } room)
            return true;
        members.Observe(room.HostUserId);
        var decision = _rebased is { } vector ? RoomRules.Reanchor(room, vector, Moment) : RoomRules.Advance(room, Moment);
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
        var receipt = new RoomReceipt { Revision = decision.Room!.Revision, EntryIds = decision.EntryIds };
        return await CommitAsync(decision, KeptReceipt.Of(command, print, receipt, clock.NowMs)) is { } unsaved ? unsaved : receipt;
    }

    /// <summary>
    /// Null, or as <see cref="RoomStore.SaveAsync"/>: then nothing is published yet. A receipt is saved also where nothing happened: after a crash the same command
    /// might find something to do.
    /// </summary>
    public async Task<Refusal?> CommitAsync(RoomDecision decision, KeptReceipt? receipt = null)
    {
        var state = store.With(receipt);
        if (decision.Events.IsEmpty)
            return receipt is null ? null : await SaveAsync(state with { Outbox = outbox.Unsent });

        var unsent = outbox.With(RoomPublications.Of(decision.Room!, decision.Events));
        if (await SaveAsync(state with { Room = decision.Room, Outbox = unsent }) is { } unsaved)
            return unsaved;
        outbox.Take(unsent);
        await publish();
        members.Observe(decision.Room!.HostUserId);
        await changed(decision);
        return null;
    }

    /// <summary>Saves what is not a decision: a receipt, what went out, who is here.</summary>
    public Task<Refusal?> SaveAsync() => SaveAsync(store.State with { Outbox = outbox.Unsent });

    private Task<Refusal?> SaveAsync(RoomState next) => store.SaveAsync(next, members.Attendance.ToRoster());
}
