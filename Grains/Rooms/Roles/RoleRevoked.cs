using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Somebody is a listener again.</summary>
internal sealed record RoleRevoked(string UserId, string By, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => room with
    {
        Roles = room.Roles.Remove(UserId),
        Succession = room.Succession.RemoveAll(userId => userId == UserId),
        Invites = InviteRules.AfterDemotion(room, UserId, RoomRole.Listener),
    };

    public override LogLine ToLog(Room before) => new(AtMs, "revokeRole", By, UserId);
}
