using System.Collections.Frozen;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Rooms;
using WhatsSound.Text;

namespace WhatsSound.Grains.Rooms;

/// <summary>Who keeps order how. Nobody acts on an equal or superior, nor undoes what a superior has done.</summary>
internal static class ModerationRules
{
    public const int ReasonLengthMax = ApplySanction.ReasonLengthMax;

    public const long YearMs = ApplySanction.ForMsBound;

    /// <summary>How long who was kicked stays out.</summary>
    public const long KickMs = 60_000;

    /// <summary>What the log calls them.</summary>
    private static readonly FrozenSet<string> Actions = Enum.GetValues<SanctionKind>().Select(SanctionApplied.WordOf).Append(SanctionLifted.Lift).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>How long a member waits between two reports.</summary>
    public const long ReportEveryMs = 10_000;

    public static RoomPermission PermissionOf(SanctionKind kind) => kind switch
    {
        SanctionKind.Mute => RoomPermission.MuteMembers,
        SanctionKind.ShadowMute => RoomPermission.ShadowMute,
        SanctionKind.Timeout => RoomPermission.TimeOutMembers,
        SanctionKind.QueueBan => RoomPermission.BanFromQueue,
        SanctionKind.Kick => RoomPermission.KickMembers,
        _ => RoomPermission.BanMembers,
    };

    public static Refusal? Check(ApplySanction action) =>
        CommandRules.CheckUserId("ofUserId", action.UserId)
        ?? CheckKind(action.Kind)
        ?? CheckReason(action.Reason)
        ?? (action.ForMs is < 1 or > YearMs ? Refusals.WrongField("forMs", $"must be 1 to {YearMs:N0} (365 days)") : null);

    public static Refusal? Check(LiftSanction action) => CommandRules.CheckUserId("ofUserId", action.UserId) ?? CheckKind(action.Kind);

    public static Refusal? Check(ReportMember action) =>
        CommandRules.CheckUserId("ofUserId", action.UserId)
        ?? (string.IsNullOrEmpty(action.Reason) ? Refusals.WrongField("reason", "is missing") : CheckReason(action.Reason));

    public static RoomDecision Apply(RoomTurn turn, ApplySanction action)
    {
        var room = turn.Room;
        if ((turn.Check(PermissionOf(action.Kind)) ?? CheckTarget(turn, action.UserId, action.Kind)) is { } refusal)
            return refusal;
        if (action.Kind == SanctionKind.ShadowMute && !room.Settings.AllowsShadowMute)
            return Refusals.Final(RefusalCode.Forbidden, "The room does not mute anybody without telling them.", "allowsShadowMute");
        if (RefuseRate(turn) is { } tooMany)
            return tooMany;
        var isKnown = Sanctions.Find(room, action.UserId, action.Kind, turn.NowMs) is not null;
        if (!isKnown && Sanctions.Count(room, turn.NowMs) >= turn.Moment.Options.SanctionsMax)
            return Refusals.Limit(RefusalCode.RoomLimit, $"A room has up to {turn.Moment.Options.SanctionsMax} sanctions at a time.", turn.Moment.Options.SanctionsMax);
        var forMs = action.Kind == SanctionKind.Kick ? KickMs : action.ForMs;
        var draft = new RoomDraft(room);
        if (action.Kind is SanctionKind.Kick or SanctionKind.Ban or SanctionKind.Timeout && OwnershipRules.IsOfferedTo(turn, action.UserId))
            draft.Add(new OwnershipOfferEnded(action.UserId, turn.UserId, turn.NowMs));
        draft.Add(new SanctionApplied(action.UserId, action.Kind, turn.UserId, action.Reason, turn.NowMs + forMs, turn.NowMs));
        if (action.Kind is SanctionKind.Ban or SanctionKind.Timeout && room.Queue.HasVoteOf(action.UserId))
            draft.Add(QueueHappened.Of(new VotesWithdrawn(action.UserId, turn.NowMs)));
        return turn.Conclude(draft);
    }

    public static RoomDecision Lift(RoomTurn turn, LiftSanction action)
    {
        if ((turn.Check(PermissionOf(action.Kind)) ?? CheckTarget(turn, action.UserId, action.Kind)) is { } refusal)
            return refusal;
        if (Sanctions.Find(turn.Room, action.UserId, action.Kind, turn.NowMs) is null)
            return turn.Nothing();
        return RefuseRate(turn) is { } tooMany ? tooMany : turn.Decide(new SanctionLifted(action.UserId, action.Kind, turn.UserId, turn.NowMs));
    }

    public static RoomDecision Report(RoomTurn turn, ReportMember action)
    {
        if (action.UserId == turn.UserId)
            return Refusals.Final(RefusalCode.CannotTargetSelf, "Nobody tells of themselves.", action.UserId);
        var last = turn.Room.Reports.LastOrDefault(report => report.By == turn.UserId);
        if (last is not null && last.AtMs + ReportEveryMs > turn.NowMs)
            return Refusals.TooOften("reports", "One report at a time.", TimeSpan.FromMilliseconds(last.AtMs + ReportEveryMs - turn.NowMs));
        return turn.Decide(new MemberReported(action.UserId, turn.UserId, action.Reason, action.ChatOffset, turn.NowMs));
    }

    /// <summary>By what the room's log has of the user: whom it is about is told in a channel of their own, whoever and wherever they are.</summary>
    private static Refusal? RefuseRate(RoomTurn turn) =>
        ModerationLog.RetryAfter(turn, turn.Moment.Options.SanctionsPerMinuteMax, static line => Actions.Contains(line.Action)) is { } retryAfter
            ? Refusals.TooOften("sanctions", "Too many sanctions.", retryAfter)
            : null;

    private static Refusal? CheckTarget(RoomTurn turn, string userId, SanctionKind kind)
    {
        if (RoleLadder.CheckAbove(turn.Room, turn.UserId, userId) is { } refusal)
            return refusal;
        var by = Sanctions.Find(turn.Room, userId, kind, turn.NowMs)?.By;
        return by is not null && RoleLadder.RankOf(turn.Room, by) > RoleLadder.RankOf(turn.Room, turn.UserId) ? RoleLadder.TooHigh(RoleLadder.RoleOf(turn.Room, by)) : null;
    }

    private static Refusal? CheckKind(SanctionKind kind) => Enum.IsDefined(kind) ? null : Refusals.WrongField("kind", "must be a kind of sanction");

    public static Refusal? CheckReason(string? reason) =>
        string.IsNullOrEmpty(reason) || (reason.Length <= ReasonLengthMax && VisibleText.IsValid(reason))
            ? null
            : Refusals.WrongField("reason", $"must have at most {ReasonLengthMax} characters, at least one of them visible, and no control characters");
}
