using Microsoft.Extensions.Logging.Abstractions;
using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Composed;

/// <summary>
/// What the room's grain does around the pure rules, without its waiting: look the answer up, bring the room up to now, decide, save with receipt and
/// outbox, publish, answer. A crash is a new one over the same store.
/// </summary>
internal sealed class ModelRoom
{
    private readonly ModelStore _store;
    private readonly RoomOptions _options;
    private readonly Mistake _mistake;
    private readonly Func<OutboxEntry, bool> _publish;
    private readonly RoomOutbox _outbox;
    private RoomState _state;
    private int _version;

    public ModelRoom(ModelStore store, RoomOptions options, Mistake mistake, Func<OutboxEntry, bool> publish)
    {
        _store = store;
        _options = options;
        _mistake = mistake;
        _publish = publish;
        _outbox = new("model", null!, null!, options, NullLogger.Instance);
        _state = store.Read();
        _version = store.Version;
        _outbox.Resume(_state.Outbox);
    }

    public Room? Room => _state.Room;

    /// <summary>What another activation has saved is the room now: this one must go.</summary>
    public bool IsOvertaken { get; private set; }

    public Answer<RoomReceipt> Execute(RoomCommand command, RoomMoment moment, Func<Room?, RoomDecision> decide)
    {
        if (Receipts.Find(_state.Receipts, command) is { } given)
            return given.Receipt;
        if (CatchUp(moment) is { } late)
            return late;
        var decision = decide(Room);
        if (decision.Refusal is { } refusal)
            return refusal;
        var receipt = new RoomReceipt { Revision = decision.Room!.Revision, EntryIds = decision.EntryIds };
        var kept = new KeptReceipt { CommandId = command.CommandId, UserId = command.UserId, AtMs = moment.NowMs, Receipt = receipt };
        return Commit(decision, _state with { Receipts = Receipts.Add(_state.Receipts, kept, _options) }, moment) is { } unsaved ? unsaved : receipt;
    }

    /// <summary>What time and members have brought about.</summary>
    public Refusal? CatchUp(RoomMoment moment)
    {
        if (Room is null)
            return null;
        var decision = RoomRules.Advance(Room, moment);
        return decision.Events.IsEmpty ? null : Commit(decision, _state, moment);
    }

    /// <summary>Publishes what is unsent, in order per channel. Whether nothing is left.</summary>
    public bool Drain()
    {
        var sent = _outbox.Unsent.GroupBy(entry => entry.Channel).SelectMany(entries => entries.TakeWhile(_publish)).ToList();
        _outbox.Take(_outbox.Unsent.RemoveRange(sent));
        return _outbox.Unsent.IsEmpty;
    }

    private Refusal? Commit(RoomDecision decision, RoomState state, RoomMoment moment)
    {
        var outbox = decision.Events.IsEmpty ? _outbox.Unsent : _outbox.With(RoomPublications.Of(decision.Room!, decision.Events));
        if (Save(state with { Room = decision.Room, Outbox = outbox }, moment) is { } unsaved)
            return unsaved;
        _outbox.Take(outbox);
        Drain();
        return null;
    }

    private Refusal? Save(RoomState next, RoomMoment moment)
    {
        var before = _state;
        _state = next with { SavedAtMs = moment.NowMs, Members = moment.Attendance.ToRoster() };
        var known = _mistake == Mistake.LostAnswerIsAFailure ? (int?)null : _version;
        switch (_store.Write(AsWritten(_state), known))
        {
            case ModelStore.Outcome.Saved:
                _version = _store.Version;
                return null;
            case ModelStore.Outcome.Overtaken:
                _state = before;
                IsOvertaken = true;
                return Refusals.Retry(RefusalCode.NotReady, "Overtaken.", TimeSpan.Zero);
            default:
                _state = before;
                return Refusals.Retry(RefusalCode.Timeout, "Unknown.", TimeSpan.Zero);
        }
    }

    private RoomState AsWritten(RoomState state) => _mistake switch
    {
        Mistake.ReceiptIsNotSaved => state with { Receipts = [] },
        Mistake.OutboxIsClearedBeforePublishing => state with { Outbox = [] },
        _ => state,
    };
}
