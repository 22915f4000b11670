using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Who stands above whom. Being host is no step.</summary>
internal static class RoleLadder
{
    /// <summary>The role that the user has for good.</summary>
    public static RoomRole RoleOf(Room room, string userId) =>
        room.OwnerUserId == userId ? RoomRole.Owner : room.Roles.GetValueOrDefault(userId, RoomRole.Listener);

    public static int RankOf(Room room, string userId) => RankOf(RoleOf(room, userId));

    public static int RankOf(RoomRole role) => role switch
    {
        RoomRole.Owner => 4,
        RoomRole.CoHost => 3,
        RoomRole.Moderator => 2,
        RoomRole.Dj => 1,
        _ => 0,
    };

    /// <summary>The protocol's word.</summary>
    public static string NameOf(RoomRole role) => role switch
    {
        RoomRole.Owner => "owner",
        RoomRole.CoHost => "coHost",
        RoomRole.Moderator => "moderator",
        RoomRole.Dj => "dj",
        RoomRole.Host => "host",
        _ => "listener",
    };

    /// <summary>Null if the user stands above the other one: nobody acts on an equal.</summary>
    public static Refusal? CheckAbove(Room room, string userId, string targetUserId)
    {
        if (userId == targetUserId)
            return Refusals.Final(RefusalCode.CannotTargetSelf, "Nobody does this to themselves.", userId);
        var role = RoleOf(room, targetUserId);
        return RankOf(role) < RankOf(room, userId) ? null : TooHigh(role);
    }

    public static Refusal TooHigh(RoomRole role) =>
        Refusals.Final(RefusalCode.TargetRankTooHigh, $"This takes a role above '{NameOf(role)}'.", NameOf(role));
}
