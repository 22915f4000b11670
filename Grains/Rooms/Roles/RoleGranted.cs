using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Somebody has another role.</summary>
internal sealed record RoleGranted(string UserId, RoomRole Role, string By, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => room with
    {
        Roles = room.Roles.SetItem(UserId, Role),
        Invites = InviteRules.AfterDemotion(room, UserId, Role),
        Succession = Role == RoomRole.CoHost ? room.Succession : room.Succession.RemoveAll(userId => userId == UserId),
    };

    public override LogLine ToLog(Room before) => new(AtMs, "grantRole", By, UserId, RoleLadder.NameOf(Role));
}
