using WhatsSound.Grains.Playback;
using WhatsSound.Grains.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// What a room does by itself: songs end and follow one another, a skip that has enough votes happens, a vanished host is followed.
/// Each is compared with the current entry and applied once, however often it is asked for.
/// </summary>
internal static class RoomCourse
{
    /// <summary>An end that is noticed later than this was missed: the room was not running.</summary>
    private const long LateMs = 1000;

    /// <summary>Adds everything that is due at the moment.</summary>
    public static void Continue(RoomDraft draft, RoomMoment moment)
    {
        EndWhatHasEnded(draft, moment);
        if (HostRules.Decide(draft.Room, moment) is { } named)
            draft.Add(named);
        SkipIfVotedFor(draft, moment);
        StartNext(draft, moment, moment.LeadMs, moment.NowMs);
        TellTally(draft, moment);
    }

    public static void EndCurrent(RoomDraft draft, string reason, long atMs)
    {
        var playback = draft.Room.Playback;
        if (playback.Current is { } current)
            draft.Add(new TrackEnded(current.EntryId, reason, PlaybackRules.Stop(playback.Vector, atMs), atMs));
    }

    /// <summary>When <see cref="Continue"/> is next to be asked, at the latest; null if only a command or a member can change anything.</summary>
    public static long? DueAtMs(Room room, RoomMoment moment)
    {
        long? due = null;
        Consider(PlaybackRules.EndsAtMs(room.Playback.Vector));
        Consider(HostRules.DueAtMs(room, moment.Attendance, moment.Options));
        Consider(SkipRules.NextEligibleAtMs(room.Playback, moment.Attendance, moment.NowMs));
        Consider(moment.Attendance.SettlesAtMs);
        return due;

        void Consider(long? atMs) => due = due is null || atMs < due ? atMs ?? due : due;
    }

    /// <summary>
    /// A song ends at its own time, also one that ended while the room was not running. Then nobody was told of the next, so it starts from now: what nobody
    /// could hear is not over.
    /// </summary>
    private static void EndWhatHasEnded(RoomDraft draft, RoomMoment moment)
    {
        var leadMs = moment.LeadMs - moment.NowMs;
        while (PlaybackRules.EndsAtMs(draft.Room.Playback.Vector) is { } endsAtMs && endsAtMs <= moment.NowMs)
        {
            EndCurrent(draft, EndReasons.Completed, endsAtMs);
            var fromMs = moment.NowMs - endsAtMs <= LateMs ? endsAtMs : moment.NowMs;
            StartNext(draft, moment, fromMs + leadMs, fromMs);
        }
    }

    private static void SkipIfVotedFor(RoomDraft draft, RoomMoment moment)
    {
        var playback = draft.Room.Playback;
        if (playback.Current is null || playback.SkipVoters.IsEmpty || SkipRules.GuardLeftMs(playback, moment.NowMs) > 0)
            return;
        var tally = SkipRules.Tally(playback, moment.Attendance, moment.NowMs);
        if (tally.Have >= tally.Need)
            EndCurrent(draft, EndReasons.VoteSkip, moment.NowMs);
    }

    /// <summary>A room with nobody in it stands still: its queue is for those who come.</summary>
    private static void StartNext(RoomDraft draft, RoomMoment moment, long anchorMs, long nowMs)
    {
        var room = draft.Room;
        if (moment.Attendance.IsAnybodySeen && room.Playback.Current is null && QueueRules.Next(room.Queue) is { } next)
            draft.Add(new TrackStarted(next.EntryId, PlaybackRules.Start(room.Playback.Vector, next.EntryId, next.Track.DurationMs, anchorMs), nowMs));
    }

    /// <summary>A tally without votes is not worth a message each time somebody comes or goes; with the first vote it is told.</summary>
    private static void TellTally(RoomDraft draft, RoomMoment moment)
    {
        var tally = TallyOf(draft.Room, moment);
        var told = draft.Room.SkipTold;
        if (tally != told && (tally.Have > 0 || told.Have > 0))
            draft.Add(new SkipTallied(tally, moment.NowMs));
    }

    private static SkipTally TallyOf(Room room, RoomMoment moment) => SkipRules.Tally(room.Playback, moment.Attendance, moment.NowMs);
}
