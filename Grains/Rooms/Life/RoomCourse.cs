using WhatsSound.Grains.Queue.Ballots;
using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Playback;
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

    /// <summary>What the passing of time and the coming and going of members lead to. Nothing, usually.</summary>
    public static RoomDecision Advance(Room room, RoomMoment moment)
    {
        var draft = new RoomDraft(room);
        Continue(draft, moment);
        return draft.ToDecision();
    }

    /// <summary>Adds everything that is due at the moment.</summary>
    public static void Continue(RoomDraft draft, RoomMoment moment)
    {
        if (draft.Room.ClosedAtMs is not null)
            return;
        if (ClosingRules.DueAtMs(draft.Room, moment) <= moment.NowMs)
        {
            EndCurrent(draft, moment, EndReasons.Removed, moment.NowMs);
            draft.Add(new RoomClosed(ClosingRules.ReasonOf(draft.Room), By: null, moment.NowMs));
            return;
        }

        EndWhatHasEnded(draft, moment);
        if (HostRules.Decide(draft.Room, moment) is { } named)
            draft.Add(named);
        EndIfVotedFor(draft, moment);
        StartNext(draft, moment, moment.LeadMs, moment.NowMs);
        if (GateRules.Open(draft.Room, moment) is { } opened)
            draft.Add(opened);
        if (NoticeRules.Decide(draft.Room, moment.NowMs) is { } next)
            draft.Add(next);
        TellTally(draft, moment);
    }

    public static void EndCurrent(RoomDraft draft, RoomMoment moment, string reason, long atMs, string? by = null)
    {
        if (draft.Room.Current is not { } current)
            return;
        var count = moment.Attendance.Members.Count;
        var (peak, average) = moment.Audience?.FiguresOf(current.EntryId, count, atMs) ?? (count, count);
        draft.Add(new TrackEnded(current.EntryId, reason, PlaybackRules.Stop(draft.Room.Playback.Vector, atMs), atMs, count, peak, average, by));
    }

    /// <summary>When <see cref="Continue"/> is next to be asked, at the latest; null if only a command or a member can change anything.</summary>
    public static long? DueAtMs(Room room, RoomMoment moment)
    {
        long? due = null;
        if (room.ClosedAtMs is not null)
            return due;
        Consider(ClosingRules.AlarmAtMs(room, moment));
        Consider(PlaybackRules.EndsAtMs(room.Playback.Vector));
        Consider(HostRules.DueAtMs(room, moment));
        if (room.Queue.Current?.Ballots is { IsEmpty: false })
            Consider(moment.Electorate.DueAtMs);
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
            EndCurrent(draft, moment, EndReasons.Completed, endsAtMs);
            var fromMs = moment.NowMs - endsAtMs <= LateMs ? endsAtMs : moment.NowMs;
            StartNext(draft, moment, fromMs + leadMs, fromMs);
        }
    }

    private static void EndIfVotedFor(RoomDraft draft, RoomMoment moment)
    {
        if (VotingRules.Outcome(draft.Room.Queue, QueueTurns.MomentOf(draft.Room, moment)) is { } outcome)
            EndCurrent(draft, moment, EndReasons.Of(outcome), moment.NowMs);
    }

    /// <summary>A room with nobody in it stands still: its queue is for those who come. One that is paused goes on to the next song, and stays paused.</summary>
    private static void StartNext(RoomDraft draft, RoomMoment moment, long anchorMs, long nowMs)
    {
        if (!moment.Attendance.IsAnybodySeen)
            return;

        // What is started is current from when it is heard, or from when the one before ended, if it is not.
        if (draft.IsPaused)
            anchorMs = draft.Room.History is [var last, ..] ? Math.Max(nowMs, last.EndedAtMs) : nowMs;
        var queue = draft.Room.Queue;
        var start = new StartNext(FallbackPlaylist.EntryIdOf(queue.LastSequence + 1));
        Start(draft, moment, StartRules.Next(queue, start, QueueTurns.MomentOf(draft.Room, moment, anchorMs)), anchorMs, nowMs, draft.IsPaused);
    }

    /// <summary>Plays what the queue has decided to start.</summary>
    /// <param name="draft">The room.</param>
    /// <param name="moment">Now.</param>
    /// <param name="decision">The queue's.</param>
    /// <param name="anchorMs">When it is heard, if the room waits for nobody.</param>
    /// <param name="nowMs">When it happens.</param>
    /// <param name="isPaused">Whether it stands at its beginning until somebody plays.</param>
    public static void Start(RoomDraft draft, RoomMoment moment, QueueDecision decision, long anchorMs, long nowMs, bool isPaused = false)
    {
        foreach (var happened in decision.Events)
        {
            draft.Add(happened switch
            {
                SongStarted started => new TrackStarted(started.EntryId, VectorOf(started.EntryId), nowMs),
                FallbackStarted started => new TrackStarted(started.EntryId, VectorOf(started.EntryId), nowMs, started.Index),
                _ => QueueHappened.Of(happened),
            });
        }

        PlaybackVector VectorOf(string entryId)
        {
            var startsAtMs = isPaused ? anchorMs : GateRules.StartsAtMs(draft.Room, moment, entryId, anchorMs);
            var vector = PlaybackRules.Start(draft.Room.Playback.Vector, entryId, decision.Queue!.Current!.Song.Track.DurationMs, startsAtMs);
            return isPaused ? vector with { Status = PlaybackStatus.Paused } : vector;
        }
    }

    /// <summary>A tally without votes is not worth a message each time somebody comes or goes; with the first vote it is told.</summary>
    private static void TellTally(RoomDraft draft, RoomMoment moment)
    {
        var tally = TallyOf(draft.Room, moment);
        var told = draft.Room.SkipTold;
        if (tally != told && (tally.Have > 0 || told.Have > 0))
            draft.Add(new SkipTallied(tally, moment.NowMs));
    }

    /// <summary>How far the vote to skip has come.</summary>
    public static SkipTally TallyOf(Room room, RoomMoment moment) => BallotRules.Tally(
        room.Queue.Current?.Ballots ?? SongBallots.None, moment.Electorate, QueueTurns.SettingsOf(room, moment.Options).Skip);
}
