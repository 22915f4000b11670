using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>How a queue is ordered and what it takes: what is not named stays as it is.</summary>
internal static class QueueModeRules
{
    public const int SongsPerUserMax = SetQueueMode.SongsPerUserBound;

    /// <summary>A day: as long as plays are remembered.</summary>
    public const int MinutesMax = SetQueueMode.MinutesBound;

    public static Refusal? Check(SetQueueMode action)
    {
        if (action.Mode is { } mode && !Enum.IsDefined(mode))
            return Refusals.WrongField("mode", "must be 'fair', 'dj', 'fifo' or 'votes'");
        if (action.SongsPerUserMax is < 0 or > SongsPerUserMax)
            return Refusals.WrongField("songsPerUserMax", $"must be 1 to {SongsPerUserMax}, or 0 for as many as the server's settings say");
        if (action.MinutesPerUserMax is < 0 or > MinutesMax)
            return Refusals.WrongField("minutesPerUserMax", $"must be 0 to {MinutesMax:N0}");
        return action.NoRepeatMinutes is < 0 or > MinutesMax
            ? Refusals.WrongField("noRepeatMinutes", $"must be 0 to {MinutesMax:N0}")
            : null;
    }

    public static RoomDecision Decide(RoomTurn turn, SetQueueMode action)
    {
        var draft = new RoomDraft(turn.Room);
        if (action.Mode is { } mode && mode != turn.Room.Queue.Mode)
            draft.Add(QueueHappened.Of(new ModeChanged(mode, turn.NowMs, turn.UserId)));
        var before = turn.Room.QueueLimits ?? new QueueLimits();
        var after = before with
        {
            SongsPerUserMax = action.SongsPerUserMax is 0 ? null : action.SongsPerUserMax ?? before.SongsPerUserMax,
            MinutesPerUserMax = action.MinutesPerUserMax ?? before.MinutesPerUserMax,
            NoRepeatMinutes = action.NoRepeatMinutes ?? before.NoRepeatMinutes,
            IsVotingOff = action.IsVotingOff ?? before.IsVotingOff,
            RemovesVotedDown = action.RemovesVotedDown ?? before.RemovesVotedDown,
        };
        if (after != before)
            draft.Add(new LimitsSet(after, turn.NowMs, turn.UserId));
        return turn.Conclude(draft);
    }

    /// <summary>What a set of limits asks for, as one text.</summary>
    public static string Print(SetQueueMode action) => CommandPrint.Of(
        "setQueueMode",
        $"{action.Mode}",
        $"{action.SongsPerUserMax}",
        $"{action.MinutesPerUserMax}",
        $"{action.NoRepeatMinutes}",
        $"{action.IsVotingOff}",
        $"{action.RemovesVotedDown}");
}
