using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>How a room takes one kind of action. A feature lists its own; <see cref="ActionRules"/> has them all.</summary>
internal sealed record ActionRule
{
    public required Type Action { get; init; }

    /// <summary>What is asked for, as <see cref="CommandPrint"/>.</summary>
    public required Func<RoomAction, string> Print { get; init; }

    /// <summary>What it takes of whoever asks, before anything else is looked at; null: the decision says.</summary>
    public RoomPermission? Permission { get; init; }

    /// <summary>Null: the action is well formed.</summary>
    public required Func<RoomAction, Refusal?> Check { get; init; }

    /// <summary>Pure: the turn and the action are all there is.</summary>
    public required Func<RoomTurn, RoomAction, RoomDecision> Decide { get; init; }

    /// <summary>Whether only a member of a room that exists may ask for it.</summary>
    public bool IsForMembers { get; init; } = true;

    /// <summary>Whether one who may do nothing for a while may ask for it.</summary>
    public bool IsForTimedOut { get; init; }

    /// <summary>Whether it is a report: without id, and answered without a receipt.</summary>
    public bool IsReport { get; init; }

    public static ActionRule Of<TAction>(
        Func<TAction, string> print, RoomPermission? permission, Func<RoomTurn, TAction, RoomDecision> decide, Func<TAction, Refusal?>? check = null)
        where TAction : RoomAction => new()
    {
        Action = typeof(TAction),
        Print = action => print((TAction)action),
        Permission = permission,
        Check = action => check?.Invoke((TAction)action),
        Decide = (turn, action) => decide(turn, (TAction)action),
    };

    /// <summary>Whether the user may do anything, and this; then the decision.</summary>
    public RoomDecision Answer(RoomTurn turn, RoomAction action)
    {
        if (Refuse(turn) is { } refusal)
            return refusal;
        var decision = Decide(turn, action);
        return ModerationLog.RefuseFlood(turn, decision) is { } tooMany ? tooMany : decision;
    }

    private Refusal? Refuse(RoomTurn turn)
    {
        if (Permission is { } needed)
            return turn.Check(needed);
        return IsForTimedOut || turn.Found is not { } room ? null : SanctionRules.RefuseToAct(room, turn.UserId, turn.NowMs);
    }
}
