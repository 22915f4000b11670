using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>How order is kept. Which permission a sanction takes depends on its kind, so the decision asks for it.</summary>
internal static class ModerationActions
{
    public static IReadOnlyList<ActionRule> All { get; } =
    [
        ActionRule.Of<ApplySanction>(
            static action => CommandPrint.Of($"sanction {action.Kind}", action.UserId, action.Reason, $"{action.ForMs}"),
            permission: null,
            ModerationRules.Apply,
            ModerationRules.Check),

        ActionRule.Of<LiftSanction>(
            static action => CommandPrint.Of($"lift {action.Kind}", action.UserId),
            permission: null,
            ModerationRules.Lift,
            ModerationRules.Check),

        ActionRule.Of<ReportMember>(
            static action => CommandPrint.Of("report", action.UserId, action.Reason, $"{action.ChatOffset}"),
            permission: null,
            ModerationRules.Report,
            ModerationRules.Check) with { IsForTimedOut = true },
    ];
}
