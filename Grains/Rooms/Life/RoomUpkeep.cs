using Microsoft.Extensions.Logging;
using WhatsSound.Playback;

namespace WhatsSound.Grains.Rooms;

/// <summary>What a room does beside its turns, some seconds after something has changed: saves, makes a snapshot, hands plays over, tells the list how it is, has its owner told, and minds the reminder that brings it back.</summary>
internal sealed class RoomUpkeep
{
    private readonly string _roomId;
    private readonly RoomStore _store;
    private readonly RoomWriter _writer;
    private readonly RoomMembers _members;
    private readonly RoomOutbox _outbox;
    private readonly RoomListings _listings;
    private readonly OwnerLane _owner;
    private readonly RoomOptions _options;
    private readonly ILogger _logger;
    private readonly PlaysLane _plays;
    private readonly RoomReminder _reminder;
    private readonly RoomTimer _timer;

    public RoomUpkeep(
        string roomId, IGrainBase grain, IGrainFactory grains, RoomStore store, RoomWriter writer, RoomMembers members, RoomOutbox outbox, RoomListings listings, OwnerPlace place, RoomOptions options, TimeProvider time,
        ILogger logger)
    {
        (_roomId, _store, _writer, _members, _outbox, _listings, _options, _logger) = (roomId, store, writer, members, outbox, listings, options, logger);
        _plays = new PlaysLane(roomId, grains, options, time, logger, OnPlaysHandedOver);
        _owner = new OwnerLane(grain, place, () => Room);
        _reminder = new RoomReminder(roomId, grain, options, time, logger);
        _timer = new RoomTimer(grain, RunAsync);
    }

    /// <summary>Whether there is anything that a room in which nobody is must not leave memory for.</summary>
    public bool IsBusy =>
        Room is { ClosedAtMs: null, Settings.IsTemporary: true } || Room?.Playback.Vector.Status == PlaybackStatus.Playing || !_outbox.Unsent.IsEmpty || Room?.Unkept.IsEmpty == false;

    private Room? Room => _store.Room;

    /// <summary>It is done soon.</summary>
    public void SetSoon()
    {
        if (!_timer.IsSet)
            _timer.Set(_options.UpkeepInterval);
    }

    /// <summary>The room's reminder has come: it is taken away unless it is wanted.</summary>
    public void Reminded()
    {
        _reminder.Came();
        SetSoon();
    }

    /// <summary>A song has ended: it is handed over.</summary>
    public void HandOver(Room room) => _plays.Start(room);

    /// <summary>A decision has taken effect: whoever owns or owned the room is told of it.</summary>
    public void TellOwners(RoomDecision decision) => _owner.Follow(decision);

    private async Task RunAsync()
    {
        try
        {
            if (Room is not null && _writer.HasUnsaved && await _writer.SaveAsync() is not null)
                SetSoon();
            if (_store.IsSnapshotDue)
                _store.StartSnapshot(_outbox.Unsent);
            await KeepPlaysAsync();
            if (Room is { } room)
                await _listings.ReportAsync(room, _members.Attendance.Members.Count);
            _owner.Start();
            _reminder.Want(IsBusy);
        }
        catch (Exception exception)
        {
            // The room itself is well; what was missed here is done the next time.
            _logger.UpkeepFailed(_roomId, exception);
            SetSoon();
        }
    }

    /// <summary>Hands plays over, and forgets those that are kept.</summary>
    private async Task KeepPlaysAsync()
    {
        if (Room is not { Unkept.IsEmpty: false } room)
            return;
        if (_plays.Decide(room, _writer.Moment.NowMs) is { } kept)
        {
            var draft = new RoomDraft(room);
            draft.Add(kept);
            if (await _writer.CommitAsync(draft.ToDecision()) is not null)
                SetSoon();
        }

        _plays.Start(Room!);
    }

    /// <summary>What was played meanwhile goes at once where that went well; the room forgets what is kept with its upkeep.</summary>
    private void OnPlaysHandedOver(bool isKept)
    {
        if (isKept && Room is { } room)
            _plays.Start(room);
        SetSoon();
    }
}
