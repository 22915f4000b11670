using System.Globalization;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Ways into a room.</summary>
internal static class InviteActions
{
    public static IReadOnlyList<ActionRule> All { get; } =
    [
        ActionRule.Of<CreateInvite>(
            static action => CommandPrint.Of("createInvite", RoleLadder.NameOf(action.Role), $"{action.ForMs}", action.UsesMax.ToString(CultureInfo.InvariantCulture)),
            RoomPermission.CreateInvites,
            InviteRules.Create,
            InviteRules.Check),

        ActionRule.Of<RevokeInvite>(
            static action => CommandPrint.Of("revokeInvite", action.InviteId),
            RoomPermission.CreateInvites,
            static (turn, action) => InviteRules.Revoke(turn, action.InviteId),
            static action => CommandRules.CheckId("inviteId", action.InviteId)),
    ];
}
