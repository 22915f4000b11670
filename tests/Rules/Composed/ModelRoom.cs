using Microsoft.Extensions.Logging.Abstractions;
using WhatsSound.Grains.Rooms;
using WhatsSound.Playback;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Composed;

/// <summary>
/// What the room's grain does around the pure rules, without its waiting, over the product's own store: look the answer up, bring the room up to now, decide, append,
/// publish, answer. A crash is a new one over the same journal.
/// </summary>
internal sealed class ModelRoom
{
    private readonly RoomStore _store;
    private readonly IRoomClock _clock;
    private readonly Func<OutboxEntry, bool> _publish;
    private readonly RoomOutbox _outbox;

    public ModelRoom(ModelStore store, RoomOptions options, IRoomClock clock, Func<OutboxEntry, bool> publish)
    {
        _clock = clock;
        _publish = publish;
        _outbox = new("model", null!, null!, options, NullLogger.Instance);
        _store = new("model", store.OpenSnapshot(), store, options, clock, TimeProvider.System, NullLogger.Instance, () => IsOvertaken = true);
        _outbox.Resume(Done(_store.LoadAsync(default)));
    }

    public Room? Room => _store.Room;

    /// <summary>What another activation has saved is the room now: this one must go.</summary>
    public bool IsOvertaken { get; private set; }

    public Answer<RoomReceipt> Execute(RoomCommand command, RoomMoment moment, Func<Room?, RoomDecision> decide)
    {
        if (_store.FindAnswer(command) is { } given)
            return given.Receipt;
        if (CatchUp(moment) is { } late)
            return late;
        var decision = decide(Room);
        if (decision.Refusal is { } refusal)
            return refusal;
        var receipt = new RoomReceipt { Revision = decision.Room!.Revision, EntryIds = decision.EntryIds };
        var kept = new KeptReceipt { CommandId = command.CommandId, UserId = command.UserId, AtMs = _clock.NowMs, Receipt = receipt };
        return Commit(decision, kept, moment) is { } unsaved ? unsaved : receipt;
    }

    /// <summary>What time and members have brought about.</summary>
    public Refusal? CatchUp(RoomMoment moment)
    {
        if (Room is null)
            return null;
        var decision = RoomCourse.Advance(Room, moment);
        return decision.Events.IsEmpty ? null : Commit(decision, null, moment);
    }

    /// <summary>Publishes what is unsent, in order per channel. Whether nothing is left.</summary>
    public bool Drain()
    {
        _outbox.Sent(_outbox.Unsent.GroupBy(entry => entry.Channel).SelectMany(entries => entries.TakeWhile(_publish)).ToList());
        return _outbox.Unsent.IsEmpty;
    }

    /// <summary>As when it is deactivated in good order, and as it does now and then.</summary>
    public void Snapshot() => _store.StartSnapshot(_outbox.Unsent);

    private Refusal? Commit(RoomDecision decision, KeptReceipt? receipt, RoomMoment moment)
    {
        var before = _store.Room;
        if (Done(_store.AppendAsync(decision, receipt, moment.Attendance, _outbox.PublishedUpTo(_store.Number))) is { } unsaved)
            return unsaved;
        if (decision.Events.IsEmpty)
            return null;
        _outbox.Add(RoomPublications.Of(before, decision.Room!, decision.Events), _store.Number);
        Drain();
        return null;
    }

    private static T Done<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
