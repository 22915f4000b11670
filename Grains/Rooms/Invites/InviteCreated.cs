using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>There is another way in. The key is the room's, for all its invites, made with the first.</summary>
internal sealed record InviteCreated(string InviteId, RoomRole Role, long UntilMs, int UsesMax, string Key, string By, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => room with
    {
        InviteKey = Key,
        Invites = room.Invites.RemoveRange(room.Invites.Where(invite => invite.Value.UntilMs + InviteRules.RememberedMs <= AtMs).Select(static invite => invite.Key))
            .SetItem(InviteId, new Invite { Role = Role, UntilMs = UntilMs, UsesMax = UsesMax, By = By, AtMs = AtMs, Number = room.Revision + 1 }),
    };

    public override LogLine ToLog(Room before) => new(AtMs, "createInvite", By, Detail: RoleLadder.NameOf(Role), UntilMs: UntilMs);
}
