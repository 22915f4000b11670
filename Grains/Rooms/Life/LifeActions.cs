using System.Globalization;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Making a room. Entering and leaving have methods of their own: they are about a connection.</summary>
internal static class LifeActions
{
    public static IReadOnlyList<ActionRule> All { get; } =
    [
        ActionRule.Of<CreateRoom>(
            static action => CommandPrint.Of("create", [.. PrintOf(action.Settings)]),
            permission: null,
            static (turn, action) => LifeRules.Create(turn, action.Settings)) with { IsForMembers = false },

        ActionRule.Of<CloseRoom>(
            static action => CommandPrint.Of("close", action.Reason),
            RoomPermission.CloseRoom,
            static (turn, action) => ClosingRules.Close(turn, action.Reason),
            static action => ModerationRules.CheckReason(action.Reason)),

        ActionRule.Of<ReopenRoom>(static _ => CommandPrint.Of("reopen"), permission: null, static (turn, _) => ClosingRules.Reopen(turn)) with { IsForMembers = false },
    ];

    /// <summary>What a join asks for, whichever connection it is of.</summary>
    public static string JoinPrint { get; } = CommandPrint.Of("join");

    /// <summary>What was added to it later is in it where it is not as it is by default: the answers that are stored stay those of their commands.</summary>
    private static IEnumerable<string?> PrintOf(RoomSettings? settings)
    {
        yield return settings?.Name;
        yield return settings?.Description;
        yield return settings is { IsListed: true } ? "listed" : "";
        if (settings is null)
            yield break;
        if (!settings.Tags.IsDefaultOrEmpty)
            yield return CommandPrint.Of("tags", [.. settings.Tags]);
        if (settings.MembersMax is { } membersMax)
            yield return string.Create(CultureInfo.InvariantCulture, $"membersMax {membersMax}");
        if (settings.SlowModeSeconds is not 0 and var seconds)
            yield return string.Create(CultureInfo.InvariantCulture, $"slowMode {seconds}");
        if (settings.AllowsShadowMute)
            yield return "allowsShadowMute";
        if (settings.IsInviteOnly)
            yield return "isInviteOnly";
        if (settings.IsTemporary)
            yield return "isTemporary";
        if (settings.IsQueueLocked)
            yield return "isQueueLocked";
        if (settings.IsChatLocked)
            yield return "isChatLocked";
        if (settings.IsJoinLocked)
            yield return "isJoinLocked";
        if (settings.WaitsForReady)
            yield return "waitsForReady";
    }

    /// <summary>What a leave asks for, whichever connection it is of.</summary>
    public static string LeavePrint { get; } = CommandPrint.Of("leave");
}
