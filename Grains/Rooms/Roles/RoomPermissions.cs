using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Who may do what in a room: the one table of role and permission. A room may say otherwise, down to the floor of each; the owner may everything.</summary>
internal static class RoomPermissions
{
    private static readonly FrozenDictionary<RoomPermission, PermissionRule> Rules = new Dictionary<RoomPermission, PermissionRule>
    {
        [RoomPermission.AddSongs] = new(RoomRole.Listener, RoomRole.Listener),
        [RoomPermission.RemoveSongs] = new(RoomRole.Moderator, RoomRole.Dj, IsHosts: true),
        [RoomPermission.PinSongs] = new(RoomRole.Moderator, RoomRole.Dj, IsHosts: true),
        [RoomPermission.ManageQueue] = new(RoomRole.Moderator, RoomRole.Dj, IsHosts: true),
        [RoomPermission.Vote] = new(RoomRole.Listener, RoomRole.Listener),
        [RoomPermission.VoteSkip] = new(RoomRole.Listener, RoomRole.Listener),
        [RoomPermission.ControlPlayback] = new(RoomRole.CoHost, RoomRole.Listener, IsHosts: true),
        [RoomPermission.SkipSongs] = new(RoomRole.Moderator, RoomRole.Listener, IsHosts: true),
        [RoomPermission.Chat] = new(RoomRole.Listener, RoomRole.Listener),
        [RoomPermission.NameHost] = new(RoomRole.CoHost, RoomRole.Moderator, IsHosts: true),
        [RoomPermission.GrantRoles] = new(RoomRole.CoHost, RoomRole.Moderator),
        [RoomPermission.SetSuccession] = new(RoomRole.Owner, RoomRole.CoHost),
        [RoomPermission.MuteMembers] = new(RoomRole.Moderator, RoomRole.Dj),
        [RoomPermission.ShadowMute] = new(RoomRole.CoHost, RoomRole.Moderator),
        [RoomPermission.TimeOutMembers] = new(RoomRole.Moderator, RoomRole.Dj),
        [RoomPermission.BanFromQueue] = new(RoomRole.Moderator, RoomRole.Dj),
        [RoomPermission.KickMembers] = new(RoomRole.Moderator, RoomRole.Moderator),
        [RoomPermission.BanMembers] = new(RoomRole.Moderator, RoomRole.Moderator),
        [RoomPermission.SeeRecords] = new(RoomRole.Moderator, RoomRole.Moderator),
        [RoomPermission.Rename] = new(RoomRole.CoHost, RoomRole.Moderator),
        [RoomPermission.Describe] = new(RoomRole.CoHost, RoomRole.Moderator),
        [RoomPermission.SetVisibility] = new(RoomRole.Owner, RoomRole.CoHost),
        [RoomPermission.SetPassword] = new(RoomRole.Owner, RoomRole.CoHost),
        [RoomPermission.SetCapacity] = new(RoomRole.CoHost, RoomRole.Moderator),
        [RoomPermission.SetSlowMode] = new(RoomRole.Moderator, RoomRole.Moderator),
        [RoomPermission.LockQueue] = new(RoomRole.Moderator, RoomRole.Dj),
        [RoomPermission.LockChat] = new(RoomRole.Moderator, RoomRole.Moderator),
        [RoomPermission.LockJoin] = new(RoomRole.Moderator, RoomRole.Moderator),
        [RoomPermission.AllowShadowMute] = new(RoomRole.Owner, RoomRole.Owner),
        [RoomPermission.SetLifetime] = new(RoomRole.Owner, RoomRole.Owner),
        [RoomPermission.CreateInvites] = new(RoomRole.Moderator, RoomRole.Listener),
        [RoomPermission.CloseRoom] = new(RoomRole.Owner, RoomRole.CoHost),
        [RoomPermission.ReopenRoom] = new(RoomRole.Owner, RoomRole.CoHost),
        [RoomPermission.SetPermissions] = new(RoomRole.Owner, RoomRole.Owner),
        [RoomPermission.DeleteMessages] = new(RoomRole.Moderator, RoomRole.Dj),
        [RoomPermission.PostLinks] = new(RoomRole.Listener, RoomRole.Listener),
        [RoomPermission.MentionEveryone] = new(RoomRole.Moderator, RoomRole.Dj, IsHosts: true),
        [RoomPermission.React] = new(RoomRole.Listener, RoomRole.Listener),
        [RoomPermission.IgnoreSlowMode] = new(RoomRole.Moderator, RoomRole.Listener),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, RoomPermission> ByName =
        Rules.Keys.ToFrozenDictionary(static permission => NameOf(permission), StringComparer.Ordinal);

    /// <summary>All names, in the order of the table.</summary>
    public static IReadOnlyList<RoomPermission> All { get; } = [.. Enum.GetValues<RoomPermission>()];

    /// <summary>The protocol's word.</summary>
    public static string NameOf(RoomPermission permission) => JsonNamingPolicy.CamelCase.ConvertName($"{permission}");

    public static bool TryFind(string? name, out RoomPermission permission)
    {
        permission = default;
        return name is not null && ByName.TryGetValue(name, out permission);
    }

    public static RoomRole FloorOf(RoomPermission permission) => Rules[permission].Floor;

    /// <summary>The least role that has it where a room does not say otherwise, and whether the host has it.</summary>
    public static (RoomRole Least, bool IsHosts) DefaultOf(RoomPermission permission) => (Rules[permission].Least, Rules[permission].IsHosts);

    public static bool Allow(Room room, string userId, RoomPermission permission) =>
        RoleLadder.RankOf(room, userId) >= RoleLadder.RankOf(LeastIn(room, permission)) || (Rules[permission].IsHosts && room.HostUserId == userId);

    /// <summary>What the user may.</summary>
    public static ImmutableArray<string> Of(Room room, string userId) => [.. All.Where(permission => Allow(room, userId, permission)).Select(NameOf)];

    /// <summary>Null, or FORBIDDEN with the least role that may, or the host where they may.</summary>
    public static Refusal? Check(Room room, string userId, RoomPermission permission) =>
        Allow(room, userId, permission) ? null : Forbidden(LeastIn(room, permission), Rules[permission].IsHosts);

    private static Refusal Forbidden(RoomRole least, bool isHosts)
    {
        var who = least == RoomRole.Owner ? "the owner" : $"who has the role '{RoleLadder.NameOf(least)}' or one above it";
        return isHosts
            ? Refusals.Final(RefusalCode.Forbidden, $"Only the host, and {who}, may do this.", RoleLadder.NameOf(RoomRole.Host))
            : Refusals.Final(RefusalCode.Forbidden, $"Only {who} may do this.", RoleLadder.NameOf(least));
    }

    private static RoomRole LeastIn(Room room, RoomPermission permission) =>
        room.Permissions.TryGetValue(NameOf(permission), out var least) ? least : Rules[permission].Least;
}
