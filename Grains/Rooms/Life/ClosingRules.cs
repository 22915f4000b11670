namespace WhatsSound.Grains.Rooms;

/// <summary>A room closes because somebody says so, or because nobody was in it for long enough, which is minutes for a temporary one; for nothing else.</summary>
internal static class ClosingRules
{
    public static RoomDecision Close(RoomTurn turn, string? reason)
    {
        var draft = new RoomDraft(turn.Room);
        RoomCourse.EndCurrent(draft, turn.Moment, EndReasons.Removed, turn.NowMs);
        draft.Add(new RoomClosed(string.IsNullOrEmpty(reason) ? null : reason, turn.UserId, turn.NowMs));
        return draft.ToDecision();
    }

    public static RoomDecision Reopen(RoomTurn turn)
    {
        if (turn.Found is not { } room)
            return Refusals.Final(RefusalCode.RoomNotFound, $"There is no room '{turn.RoomId}'.", turn.RoomId);
        if (turn.Check(RoomPermission.ReopenRoom) is { } refusal)
            return refusal;
        return room.ClosedAtMs is null ? turn.Nothing() : turn.Decide(new RoomReopened(turn.UserId, turn.NowMs));
    }

    /// <summary>Null: the room is open.</summary>
    public static Refusal? RefuseClosed(Room room) =>
        room.ClosedAtMs is null ? null : Refusals.Final(RefusalCode.RoomClosed, "The room is closed.", room.ClosedFor);

    /// <summary>When a room closes by itself, if nobody comes; null: not. Whoever opens it again has that time to come.</summary>
    public static long? DueAtMs(Room room, RoomMoment moment)
    {
        if (room.ClosedAtMs is not null || moment.Attendance.EmptySinceMs is not { } since)
            return null;
        var wait = room.Settings.IsTemporary ? moment.Options.EmptyTime : moment.Options.ArchiveTime;
        return Math.Max(since, room.ReopenedAtMs ?? since) + (long)wait.TotalMilliseconds;
    }

    /// <summary>The same, where the room is to wake for it: one that waits for months sleeps, and is put away when it is next looked at.</summary>
    public static long? AlarmAtMs(Room room, RoomMoment moment) => room.Settings.IsTemporary ? DueAtMs(room, moment) : null;

    public static string ReasonOf(Room room) => room.Settings.IsTemporary ? RoomClosed.Empty : RoomClosed.Archived;
}
