namespace WhatsSound.Grains.Rooms;

/// <summary>Somebody came by an invite, and needs none from now on.</summary>
internal sealed record InviteUsed(string InviteId, string UserId, long AtMs) : RoomEvent(AtMs)
{
    /// <summary>How many of those who came so are remembered, the last: as many as a room takes.</summary>
    public const int AdmittedMax = 1000;

    /// <summary>What the log calls it.</summary>
    public const string Use = "useInvite";

    public override Room ApplyTo(Room room)
    {
        var invite = room.Invites[InviteId];
        var admitted = room.Admitted.RemoveAll(userId => userId == UserId).Add(UserId);
        return room with
        {
            Invites = room.Invites.SetItem(InviteId, invite.Use(UserId)),
            Admitted = admitted.Length > AdmittedMax ? admitted[1..] : admitted,
            Roles = RoleLadder.RankOf(invite.RoleFor(UserId)) > RoleLadder.RankOf(room, UserId) ? room.Roles.SetItem(UserId, invite.Role) : room.Roles,
        };
    }

    public override LogLine ToLog(Room before) => new(AtMs, Use, UserId, Detail: InviteId);
}
