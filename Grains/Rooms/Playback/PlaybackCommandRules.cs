using WhatsSound.Grains.Queue.Ballots;
using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Playback;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>What a room makes of commands on its player. Membership and the form of ids are checked before.</summary>
internal static class PlaybackCommandRules
{
    /// <summary>A song that ends by itself within this is not voted over: in a large room, each song's end would be as many writes.</summary>
    private const long EndsSoonMs = 5_000;

    public static RoomDecision Play(RoomTurn turn)
    {
        var room = turn.Room;
        var draft = new RoomDraft(room);
        if (!draft.IsPaused && room.Current is null && room.Queue.Songs.IsEmpty && room.Queue.Fallback.Tracks.IsEmpty)
            return NothingPlaying();
        if (draft.IsPaused)
        {
            var vector = room.Playback.Vector;
            draft.Add(new VectorChanged(room.Current is null ? PlaybackRules.Empty(vector, PlaybackStatus.Idle, turn.NowMs) : PlaybackRules.Play(vector, turn.Moment.LeadMs), turn.NowMs));
        }

        return turn.Conclude(draft);
    }

    /// <summary>Ends what plays, and starts a song of the queue whatever comes before it.</summary>
    public static RoomDecision PlayEntry(RoomTurn turn, string entryId)
    {
        if (turn.Room.Current?.EntryId == entryId)
            return Play(turn);
        var draft = new RoomDraft(turn.Room);
        RoomCourse.EndCurrent(draft, turn.Moment, EndReasons.OfSkip(turn.Room, turn.UserId), turn.NowMs, turn.UserId);
        var started = StartRules.Start(draft.Room.Queue, entryId, QueueTurns.MomentOf(draft.Room, turn.Moment, turn.Moment.LeadMs));
        if (started.Refusal is { } refusal)
            return refusal;
        RoomCourse.Start(draft, turn.Moment, started, turn.Moment.LeadMs, turn.NowMs);
        return turn.Conclude(draft);
    }

    /// <summary>Also where nothing plays: what is added then waits until somebody plays.</summary>
    public static RoomDecision Pause(RoomTurn turn)
    {
        var vector = turn.Room.Playback.Vector;
        return vector.Status == PlaybackStatus.Paused ? turn.Nothing() : turn.Decide(new VectorChanged(PausedFrom(turn, vector), turn.NowMs));
    }

    private static PlaybackVector PausedFrom(RoomTurn turn, PlaybackVector vector) =>
        turn.Room.Current is null ? PlaybackRules.Empty(vector, PlaybackStatus.Paused, turn.NowMs) : PlaybackRules.Pause(vector, turn.NowMs);

    public static RoomDecision Seek(RoomTurn turn, string entryId, long positionMs)
    {
        if ((CheckCurrent(turn.Room, entryId) ?? CheckPosition(turn.Room, positionMs)) is { } refusal)
            return refusal;
        return turn.Decide(new VectorChanged(PlaybackRules.Seek(turn.Room.Playback.Vector, positionMs, turn.Moment.LeadMs), turn.NowMs));
    }

    public static RoomDecision SetRate(RoomTurn turn, int ratePermille)
    {
        var vector = turn.Room.Playback.Vector;
        if (turn.Room.Current is null)
            return NothingPlaying();
        return vector.RatePermille == ratePermille
            ? turn.Nothing()
            : turn.Decide(new VectorChanged(PlaybackRules.SetRate(vector, ratePermille, turn.NowMs), turn.NowMs));
    }

    public static RoomDecision Skip(RoomTurn turn, string entryId)
    {
        if (CheckCurrent(turn.Room, entryId) is { } stale)
            return stale;
        var refusal = turn.Check(RoomPermission.SkipSongs);
        if (refusal is not null && !turn.Room.Current!.IsOf(turn.UserId))
            return refusal;
        var draft = new RoomDraft(turn.Room);
        RoomCourse.EndCurrent(draft, turn.Moment, EndReasons.OfSkip(turn.Room, turn.UserId), turn.NowMs, turn.UserId);
        return turn.Conclude(draft);
    }

    /// <summary>
    /// A song that is over has ended by the room's own reckoning, which was done before. One that the room thinks goes on for a while ends if the players of enough
    /// members say that it is over.
    /// </summary>
    public static RoomDecision ReportEnded(RoomTurn turn, string entryId)
    {
        var room = turn.Room;
        if (room.Current?.EntryId != entryId)
            return Refusals.Final(RefusalCode.StaleEntry, "Another song is current.", room.Current?.EntryId);
        return PlaybackRules.EndsAtMs(room.Playback.Vector) - turn.NowMs <= EndsSoonMs
            ? turn.Nothing()
            : QueueTurns.Decide(turn, new CastBallot(entryId, BallotKind.Ended, IsOn: true));
    }

    /// <summary>
    /// Whether the report counts; what it means depends on the ones before, see <see cref="HostPositions"/>. The host's alone, whoever else controls the player: the room follows one player.
    /// </summary>
    public static RoomDecision ReportHostPosition(RoomTurn turn, string entryId, long positionMs)
    {
        if (turn.Room.HostUserId != turn.UserId)
            return Refusals.Final(RefusalCode.Forbidden, "Only the host says where the player is.", RoleLadder.NameOf(RoomRole.Host));
        return (CheckCurrent(turn.Room, entryId) ?? CheckPosition(turn.Room, positionMs)) is { } refusal ? refusal : turn.Nothing();
    }

    /// <summary>The vector was anchored anew, by the host's drift or by a clock that jumped.</summary>
    public static RoomDecision Reanchor(Room room, PlaybackVector vector, RoomMoment moment)
    {
        var draft = new RoomDraft(room);
        draft.Add(new VectorChanged(vector, moment.NowMs));
        RoomCourse.Continue(draft, moment);
        return draft.ToDecision();
    }

    private static Refusal? CheckCurrent(Room room, string entryId)
    {
        if (room.Current is not { } current)
            return NothingPlaying();
        return current.EntryId == entryId
            ? null
            : Refusals.Final(RefusalCode.StaleEntry, "Another song is current.", current.EntryId);
    }

    private static Refusal? CheckPosition(Room room, long positionMs) =>
        positionMs >= 0 && positionMs <= room.Playback.Vector.DurationMs
            ? null
            : Refusals.Final(RefusalCode.InvalidPosition, "The position is outside the song.", $"{room.Playback.Vector.DurationMs}");

    private static Refusal NothingPlaying() => Refusals.Final(RefusalCode.NothingPlaying, "No song is playing or paused.");
}
