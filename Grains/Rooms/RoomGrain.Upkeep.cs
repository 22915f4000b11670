using WhatsSound.Playback;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>What a room does by itself: the alarm at which something is due, the outbox, presence, the directory, the reminder.</summary>
internal sealed partial class RoomGrain
{
    /// <summary>An alarm further away is set in steps, so that a clock that is set right in the meantime moves it.</summary>
    private static readonly TimeSpan AlarmMax = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan SaveRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OutboxRetryMin = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan OutboxRetryMax = TimeSpan.FromSeconds(10);

    private TimeSpan _outboxRetryDelay = OutboxRetryMin;

    private bool IsBusy => Room?.Playback.Vector.Status == PlaybackStatus.Playing || !_outbox.Unsent.IsEmpty;

    private IRoomDirectoryGrain Directory => GrainFactory.GetGrain<IRoomDirectoryGrain>(IRoomDirectoryGrain.Key);

    private async Task OnAlarmAsync()
    {
        var isSaved = await CatchUpAsync();
        SetAlarm(isSaved);
    }

    private async Task OnOutboxRetryAsync() => await DrainAsync();

    private async Task OnWatchAsync()
    {
        _watch.Set(_options.WatchInterval);
        await WatchPresenceAsync();
        await NameHostAsync();
        await AfterPresenceAsync();
        if (IsBusy || !_attendance.Members.IsEmpty)
            DelayDeactivation(4 * _options.WatchInterval);
    }

    private Task OnHostPositionDelayAsync() =>
        _hostPositions.SendWaitingAsync(Room?.HostUserId, Room?.Playback.Current?.EntryId, _clock.NowMs);

    private async Task OnUpkeepAsync()
    {
        try
        {
            if (Room is not null && HasUnsavedUpkeep() && await SaveAsync(_store.State with { Outbox = _outbox.Unsent }) is not null)
                SetUpkeep();
            if (Room is { Settings.IsListed: true } room)
                await Directory.ReportAsync(ToListing(room));
            await _reminder.SetAsync(IsBusy);
        }
        catch (Exception exception)
        {
            // The room itself is well; what was missed here is done the next time.
            _logger.UpkeepFailed(_roomId, exception);
            SetUpkeep();
        }
    }

    /// <summary>Publishes the outbox; what is left is tried again, later and later. Whether nothing is left.</summary>
    private async Task<bool> DrainAsync()
    {
        var isEmpty = await _outbox.DrainAsync();
        if (isEmpty)
        {
            _outboxRetryDelay = OutboxRetryMin;
        }
        else if (!_outboxRetry.IsSet)
        {
            _outboxRetry.Set(_outboxRetryDelay);
            _outboxRetryDelay = TimeSpan.FromTicks(Math.Min(OutboxRetryMax.Ticks, 2 * _outboxRetryDelay.Ticks));
        }

        return isEmpty;
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

    /// <summary>Events that went out since the last save, or members that came and went.</summary>
    private bool HasUnsavedUpkeep() =>
        _store.State.Outbox.Length != _outbox.Unsent.Length || !_store.State.Members.SequenceEqual(_attendance.ToRoster());

    private async Task RegisterAsync()
    {
        if (Room is not { Settings.IsListed: true } room)
            return;
        try
        {
            await Directory.RegisterAsync(ToListing(room));
        }
        catch (Exception exception)
        {
            // The room exists; its next report puts it in the list.
            _logger.UpkeepFailed(_roomId, exception);
        }
    }

    private RoomListing ToListing(Room room) => new()
    {
        RoomId = room.RoomId,
        Name = room.Settings.Name,
        ListenerCount = _attendance.Members.Count,
        NowPlaying = room.Playback.Current?.Track.Title,
        UpdatedAtMs = _clock.NowMs,
    };
}
