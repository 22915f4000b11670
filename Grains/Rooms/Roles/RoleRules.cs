using System.Collections.Immutable;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Who makes whom what. Nobody acts on an equal or superior, and nobody gives what they do not stand above; an owner who gives the room away does so by <see cref="OwnershipRules"/>.</summary>
internal static class RoleRules
{
    public static Refusal? CheckRole(RoomRole role) =>
        role is RoomRole.Dj or RoomRole.Moderator or RoomRole.CoHost or RoomRole.Owner
            ? null
            : Refusals.WrongField("role", "must be 'dj', 'moderator', 'coHost' or 'owner'");

    public static RoomDecision Grant(RoomTurn turn, string toUserId, RoomRole role)
    {
        var room = turn.Room;
        if (role == RoomRole.Owner)
            return OwnershipRules.Offer(turn, toUserId);
        if (RoleLadder.CheckAbove(room, turn.UserId, toUserId) is { } refusal)
            return refusal;
        if (RoleLadder.RankOf(role) >= RoleLadder.RankOf(room, turn.UserId))
            return RoleLadder.TooHigh(role);
        if (room.Roles.GetValueOrDefault(toUserId) == role)
            return OwnershipRules.Decide(turn, toUserId, happened: null);
        return CheckCount(turn, toUserId) is { } full ? full : OwnershipRules.Decide(turn, toUserId, new RoleGranted(toUserId, role, turn.UserId, turn.NowMs));
    }

    /// <summary>Whoever has a role may give it up; only the owner is bound to theirs.</summary>
    public static RoomDecision Revoke(RoomTurn turn, string ofUserId)
    {
        var room = turn.Room;
        if (ofUserId == turn.UserId && room.OwnerUserId != turn.UserId)
            return MakeListener(turn, ofUserId);
        if ((turn.Check(RoomPermission.GrantRoles) ?? RoleLadder.CheckAbove(room, turn.UserId, ofUserId)) is { } refusal)
            return refusal;
        return MakeListener(turn, ofUserId);
    }

    public static RoomDecision SetSuccession(RoomTurn turn, ImmutableArray<string> userIds)
    {
        if (userIds.Distinct(StringComparer.Ordinal).Count() != userIds.Length || !userIds.All(userId => RoleLadder.RoleOf(turn.Room, userId) == RoomRole.CoHost))
            return Refusals.WrongField("userIds", "must have co-hosts only, each at most once");
        return turn.Room.Succession.SequenceEqual(userIds, StringComparer.Ordinal) ? turn.Nothing() : turn.Decide(new SuccessionSet(userIds, turn.UserId, turn.NowMs));
    }

    public static RoomDecision SetPermission(RoomTurn turn, string name, RoomRole? role)
    {
        if (!RoomPermissions.TryFind(name, out var permission))
            return Refusals.WrongField("permission", "must be the name of a permission");
        if (role is { } least && (least == RoomRole.Host || RoleLadder.RankOf(least) < RoleLadder.RankOf(RoomPermissions.FloorOf(permission))))
            return TooLow(RoomPermissions.FloorOf(permission));
        var known = turn.Room.Permissions.TryGetValue(name, out var now) ? now : (RoomRole?)null;
        return known == role ? turn.Nothing() : turn.Decide(new PermissionSet(name, role, turn.UserId, turn.NowMs));
    }

    private static Refusal TooLow(RoomRole floor) =>
        Refusals.WrongField("role", $"must be '{RoleLadder.NameOf(floor)}'{(floor == RoomRole.Owner ? "" : " or one above it")}");

    private static RoomDecision MakeListener(RoomTurn turn, string ofUserId) =>
        OwnershipRules.Decide(turn, ofUserId, turn.Room.Roles.ContainsKey(ofUserId) ? new RoleRevoked(ofUserId, turn.UserId, turn.NowMs) : null);

    /// <summary>Whether another member may have a role; one who has one leaves it to the next.</summary>
    public static Refusal? CheckCount(RoomTurn turn, string userId)
    {
        var max = turn.Moment.Options.RolesMax;
        return turn.Room.Roles.Count >= max && !turn.Room.Roles.ContainsKey(userId)
            ? Refusals.Limit(RefusalCode.RoomLimit, $"A room has up to {max} members with a role.", max)
            : null;
    }
}
