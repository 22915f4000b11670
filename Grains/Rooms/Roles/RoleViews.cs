using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Who is what, as clients are told.</summary>
internal static class RoleViews
{
    /// <param name="room">The room.</param>
    /// <param name="nowMs">Room time: an offer that has run out is none.</param>
    public static RoomRoles Of(Room room, long nowMs) => new()
    {
        Holders = [.. HoldersOf(room)],
        Succession = room.Succession,
        Permissions = room.Permissions,
        OwnershipOffer = room.OwnershipOffer is { } offer && nowMs < offer.UntilMs ? offer : null,
    };

    /// <summary>Everybody but listeners, the highest first.</summary>
    public static IEnumerable<RoleHolder> HoldersOf(Room room) => room.Roles
        .Select(static held => new RoleHolder { UserId = held.Key, Role = held.Value })
        .OrderByDescending(static holder => RoleLadder.RankOf(holder.Role)).ThenBy(static holder => holder.UserId, StringComparer.Ordinal)
        .Prepend(new RoleHolder { UserId = room.OwnerUserId, Role = RoomRole.Owner });
}
