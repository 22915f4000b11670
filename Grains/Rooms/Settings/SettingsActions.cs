using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>How a room is set. A password is in no print: that is stored, and easily tried.</summary>
internal static class SettingsActions
{
    public static IReadOnlyList<ActionRule> All { get; } =
    [
        ActionRule.Of<UpdateSettings>(
            static action => CommandPrint.Of(
                "settings", action.Name, action.Description, action.Tags is { } tags ? string.Join('\n', tags) : null, $"{action.Visibility}", action.Password is null ? null : "password",
                $"{action.MembersMax} {action.SlowModeSeconds} {action.IsQueueLocked} {action.IsChatLocked} {action.IsJoinLocked} {action.AllowsShadowMute} {action.IsTemporary} {action.WaitsForReady}"),
            permission: null,
            SettingsRules.Update,
            SettingsRules.Check),
    ];
}
