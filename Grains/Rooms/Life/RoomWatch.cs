using WhatsSound.Playback;
using WhatsSound.Presence;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// What a room does as time passes: it asks again who is here, for as long as there is anybody or anything to do, and wakes when something is due. Then it sleeps: presence tells it of whoever comes, and whoever joins, or is
/// refused for not being here, wakes it.
/// </summary>
internal sealed class RoomWatch
{
    private readonly RoomStore _store;
    private readonly RoomWriter _writer;
    private readonly RoomMembers _members;
    private readonly RoomOutbox _outbox;
    private readonly RoomDrain _drain;
    private readonly RoomUpkeep _upkeep;
    private readonly RoomAnswers _answers;
    private readonly RoomOptions _options;
    private readonly IRoomClock _clock;
    private readonly Func<IPresenceWatcher> _self;
    private readonly Action<TimeSpan> _stay;
    private readonly RoomAlarm _alarm;
    private readonly RoomTimer _timer;

    /// <param name="grain">Whose timers they are.</param>
    /// <param name="store">What the room is.</param>
    /// <param name="writer">How things happen in it.</param>
    /// <param name="members">Who is here.</param>
    /// <param name="outbox">What is to be published.</param>
    /// <param name="drain">Publishes it.</param>
    /// <param name="upkeep">What is done some seconds after a change.</param>
    /// <param name="answers">What is forgotten in time.</param>
    /// <param name="options">The intervals.</param>
    /// <param name="clock">Room time.</param>
    /// <param name="self">Whom presence tells.</param>
    /// <param name="stay">Keeps the room in memory for a time.</param>
    public RoomWatch(
        IGrainBase grain, RoomStore store, RoomWriter writer, RoomMembers members, RoomOutbox outbox, RoomDrain drain, RoomUpkeep upkeep, RoomAnswers answers, RoomOptions options, IRoomClock clock,
        Func<IPresenceWatcher> self, Action<TimeSpan> stay)
    {
        (_store, _writer, _members, _outbox, _drain, _upkeep, _answers) = (store, writer, members, outbox, drain, upkeep, answers);
        (_options, _clock, _self, _stay) = (options, clock, self, stay);
        _alarm = new RoomAlarm(new RoomTimer(grain, OnAlarmAsync), clock);
        _timer = new RoomTimer(grain, OnWatchAsync);
    }

    private Room? Room => _store.Room;

    /// <summary>The room as it was saved goes on.</summary>
    public void Start()
    {
        _alarm.SetNow();
        _timer.Set(TimeSpan.Zero);
    }

    /// <summary>The room has just been created.</summary>
    public Task BeginAsync()
    {
        _timer.Set(_options.WatchInterval);
        return _members.WatchAsync(_self());
    }

    /// <summary>Something may be due at another time.</summary>
    public void SetAlarm(bool isSaved = true) => _alarm.Set(Room, _writer.Moment, isSaved);

    /// <summary>Others are here than before, or others have a say.</summary>
    public async Task OnAlarmAsync() => SetAlarm(await _writer.CatchUpAsync());

    public async Task AfterPresenceAsync()
    {
        await OnAlarmAsync();
        _upkeep.SetSoon();
    }

    /// <summary>Watches presence again before anybody comes, if the room sleeps: so it knows that nobody was here, and hears of all that follows.</summary>
    public async Task WakeAsync()
    {
        if (_timer.IsSet)
            return;
        await BeginAsync();
        await _members.NameHostAsync(Room?.HostUserId);
    }

    /// <summary>Asks presence soon, if the room sleeps.</summary>
    public void WakeSoon()
    {
        if (!_timer.IsSet)
            _timer.Set(_options.WatchInterval);
    }

    private async Task OnWatchAsync()
    {
        _timer.Set(_options.WatchInterval);
        _answers.ForgetOld();
        var isKnown = await _members.WatchAsync(_self());
        if (isKnown && !_upkeep.IsBusy && _members.Attendance.Members.IsEmpty)
        {
            _timer.Clear();
            await AfterPresenceAsync();
            return;
        }

        await _members.NameHostAsync(Room?.HostUserId);
        await RepeatWhoIsOutAsync();
        await AfterPresenceAsync();
        _stay(4 * _options.WatchInterval);
    }

    /// <summary>Says again who is out, of those who are still here: a gateway that has lost what was said of them holds them.</summary>
    private async Task RepeatWhoIsOutAsync()
    {
        if (Room is not { Sanctions.IsEmpty: false } room)
            return;
        foreach (var userId in room.Sanctions.Keys.Where(_members.Attendance.IsPresent))
        {
            foreach (var notice in ModerationViews.Of(room, userId, _clock.NowMs).Where(static notice => notice.Kind is SanctionKind.Kick or SanctionKind.Ban))
                _outbox.Add([ModerationPublications.Repeat(room, notice, _clock.NowMs)], _store.Number);
        }

        await _drain.RunAsync();
    }
}
