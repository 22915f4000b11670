using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Who is what in a room.</summary>
internal static class RoleActions
{
    public static IReadOnlyList<ActionRule> All { get; } =
    [
        ActionRule.Of<TransferHost>(
            static action => CommandPrint.Of("transferHost", action.ToUserId),
            RoomPermission.NameHost,
            static (turn, action) => HostRules.Transfer(turn, action.ToUserId),
            static action => CommandRules.CheckUserId("toUserId", action.ToUserId)),

        ActionRule.Of<GrantRole>(
            static action => CommandPrint.Of("grantRole", action.ToUserId, (int)action.Role),
            RoomPermission.GrantRoles,
            static (turn, action) => RoleRules.Grant(turn, action.ToUserId, action.Role),
            static action => CommandRules.CheckUserId("toUserId", action.ToUserId) ?? RoleRules.CheckRole(action.Role)),

        ActionRule.Of<AcceptOwnership>(
            static _ => CommandPrint.Of("acceptOwnership"),
            permission: null,
            static (turn, _) => OwnershipRules.Accept(turn)),

        ActionRule.Of<DeclineOwnership>(
            static _ => CommandPrint.Of("declineOwnership"),
            permission: null,
            static (turn, _) => OwnershipRules.Decline(turn)),

        ActionRule.Of<RevokeRole>(
            static action => CommandPrint.Of("revokeRole", action.OfUserId),
            permission: null,
            static (turn, action) => RoleRules.Revoke(turn, action.OfUserId),
            static action => CommandRules.CheckUserId("ofUserId", action.OfUserId)),

        ActionRule.Of<SetSuccession>(
            static action => CommandPrint.Of("setSuccession", [.. action.UserIds]),
            RoomPermission.SetSuccession,
            static (turn, action) => RoleRules.SetSuccession(turn, action.UserIds),
            static action => action.UserIds.IsDefault ? Refusals.WrongField("userIds", "is missing") : null),

        ActionRule.Of<SetPermission>(
            static action => CommandPrint.Of("setPermission", action.Permission, action.Role is { } role ? (int)role : -1),
            RoomPermission.SetPermissions,
            static (turn, action) => RoleRules.SetPermission(turn, action.Permission, action.Role)),
    ];
}
