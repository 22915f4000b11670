namespace WhatsSound.Grains.Rooms;

/// <summary>A way in is gone.</summary>
internal sealed record InviteRevoked(string InviteId, string By, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => room with { Invites = room.Invites.Remove(InviteId) };

    public override LogLine ToLog(Room before) => new(AtMs, "revokeInvite", By, Detail: InviteId);
}
