using WhatsSound.Playback;

namespace WhatsSound.Grains.Rooms;

/// <summary>Wakes the room when something is due by the passing of time.</summary>
internal sealed class RoomAlarm(RoomTimer timer, IRoomClock clock)
{
    /// <summary>An alarm further away is set in steps, so that a clock that is set right in the meantime moves it.</summary>
    private static readonly TimeSpan StepMax = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan SaveRetry = TimeSpan.FromSeconds(1);

    public void SetNow() => timer.Set(TimeSpan.Zero);

    /// <param name="room">The room as it is.</param>
    /// <param name="moment">Now.</param>
    /// <param name="isSaved">Whether what was due has been done; otherwise it is due again, after a while.</param>
    public void Set(Room? room, RoomMoment moment, bool isSaved)
    {
        if (room is null || RoomCourse.DueAtMs(room, moment) is not { } dueAtMs)
        {
            timer.Clear();
            return;
        }

        var due = TimeSpan.FromMilliseconds(dueAtMs - clock.NowMs);
        timer.Set(!isSaved && due < SaveRetry ? SaveRetry : due < StepMax ? due : StepMax);
    }
}
