using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Invites: signed with a key of the room, so that none can be guessed; how long and for how many is in the room.</summary>
internal static class InviteRules
{
    /// <summary>How long a room can say that an invite is over, before it knows nothing of it.</summary>
    public const long RememberedMs = 24L * 60 * 60 * 1000;

    private const int SignatureBytes = 16;

    public static Refusal? Check(CreateInvite action)
    {
        if (action.ForMs is < 1 or > CreateInvite.ForMsBound)
            return Refusals.WrongField("forMs", $"must be 1 to {CreateInvite.ForMsBound:N0} (30 days)");
        if (action.UsesMax is < 1 or > CreateInvite.UsesBound)
            return Refusals.WrongField("usesMax", $"must be 1 to {CreateInvite.UsesBound:N0}");
        return action.Role == RoomRole.Listener ? null : RoleRules.CheckRole(action.Role);
    }

    public static RoomDecision Create(RoomTurn turn, CreateInvite action)
    {
        if (action.Role != RoomRole.Listener && turn.Check(RoomPermission.GrantRoles) is { } refusal)
            return refusal;
        if (action.Role != RoomRole.Listener && RoleLadder.RankOf(action.Role) >= RoleLadder.RankOf(turn.Room, turn.UserId))
            return RoleLadder.TooHigh(action.Role);
        var options = turn.Moment.Options;
        if (turn.Room.Invites.Values.Count(invite => invite.UntilMs + RememberedMs > turn.NowMs) >= options.InvitesMax)
            return Refusals.Limit(RefusalCode.RoomLimit, $"A room has up to {options.InvitesMax} invites at a time.", options.InvitesMax);
        var key = turn.Room.InviteKey ?? turn.NewId() + turn.NewId();
        var inviteId = turn.NewId();
        return turn.Decide(new InviteCreated(inviteId, action.Role, turn.NowMs + action.ForMs, action.UsesMax, key, turn.UserId, turn.NowMs))
            with { Invite = $"{inviteId}.{Sign(turn.RoomId, inviteId, key)}" };
    }

    public static RoomDecision Revoke(RoomTurn turn, string inviteId) =>
        turn.Room.Invites.ContainsKey(inviteId) ? turn.Decide(new InviteRevoked(inviteId, turn.UserId, turn.NowMs)) : turn.Nothing();

    /// <summary>The id of an invite that lets the user in, or why it does not.</summary>
    public static (string? InviteId, Refusal? Refusal) Read(Room room, string userId, string text, long nowMs, RoomOptions options)
    {
        var parts = text.Split('.');
        if (parts.Length != 2 || room.InviteKey is not { } key || !room.Invites.TryGetValue(parts[0], out var invite)
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(room.RoomId, parts[0], key)), Encoding.UTF8.GetBytes(parts[1])))
            return (null, Invalid("This is not an invite of the room."));
        if (!StandsBehind(room, invite, nowMs))
            return (null, Invalid("Whoever made the invite may not invite to this any more."));
        if (invite.UntilMs <= nowMs)
            return (null, Refusals.Final(RefusalCode.InviteExpired, "The invite is over.", "invite"));
        if (invite.Uses >= invite.UsesMax && !invite.WasUsedBy(userId))
            return (null, Refusals.Final(RefusalCode.InviteUsedUp, "As many have come by the invite as may.", "invite"));
        return invite.RoleFor(userId) != RoomRole.Listener && !room.Roles.ContainsKey(userId) && room.Roles.Count >= options.RolesMax
            ? (null, Refusals.Limit(RefusalCode.RoomLimit, $"A room has up to {options.RolesMax} members with a role.", options.RolesMax))
            : (parts[0], null);
    }

    /// <summary>Whether the user has all that the invite gives: it is not used up by whoever comes back with it, as clients do.</summary>
    public static bool GivesNothing(Room room, string userId, string inviteId) =>
        RoleLadder.RankOf(room.Invites[inviteId].RoleFor(userId)) <= RoleLadder.RankOf(room, userId)
        && (RoleLadder.RankOf(room, userId) > 0 || room.Admitted.Contains(userId, StringComparer.Ordinal));

    /// <summary>
    /// Whether whoever made the invite could give now what it gives: no role outlives the rank of its giver, and nobody who is banned lets others in. Looked at when it is used, as rooms kept before this have such invites too.
    /// </summary>
    private static bool StandsBehind(Room room, Invite invite, long nowMs) =>
        Sanctions.Find(room, invite.By, SanctionKind.Ban, nowMs) is null
        && (invite.Role == RoomRole.Listener
            || (RoomPermissions.Allow(room, invite.By, RoomPermission.GrantRoles) && RoleLadder.RankOf(invite.Role) < RoleLadder.RankOf(room, invite.By)));

    /// <summary>The invites once a user has a lower role than before: none that was made until then gives them the former back.</summary>
    public static ImmutableDictionary<string, Invite> AfterDemotion(Room room, string userId, RoomRole role)
    {
        if (RoleLadder.RankOf(role) >= RoleLadder.RankOf(room, userId))
            return room.Invites;
        return room.Invites.SetItems(room.Invites.Where(invite => RoleLadder.RankOf(invite.Value.Role) > RoleLadder.RankOf(role))
            .Select(invite => KeyValuePair.Create(invite.Key, invite.Value.WithoutRoleFor(userId))));
    }

    public static Refusal Invalid(string message) => Refusals.Final(RefusalCode.InviteInvalid, message, "invite");

    private static string Sign(string roomId, string inviteId, string key) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{roomId}/{inviteId}")).AsSpan(0, SignatureBytes));
}
