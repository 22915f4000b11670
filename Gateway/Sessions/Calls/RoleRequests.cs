using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Requests;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>Who is what in a room.</summary>
internal static class RoleRequests
{
    private const int PermissionCharsMax = 64;

    public static IReadOnlyList<SessionRequest> All { get; } =
    [
        RoomCommands.Of("TransferHost", Capability.Publish, static reader => new TransferHost { ToUserId = RoomCommands.UserIdIn(reader, "toUserId") }),

        RoomCommands.Of(
            "GrantRole",
            Capability.Publish,
            static reader => new GrantRole { ToUserId = RoomCommands.UserIdIn(reader, "toUserId"), Role = RoleOf(reader, reader.Text("role", 1, 16)) }),

        RoomCommands.Of("AcceptOwnership", Capability.Publish, static _ => new AcceptOwnership()),

        RoomCommands.Of("DeclineOwnership", Capability.Publish, static _ => new DeclineOwnership()),

        RoomCommands.Of("RevokeRole", Capability.Publish, static reader => new RevokeRole { OfUserId = RoomCommands.UserIdIn(reader, "ofUserId") }),

        RoomCommands.Of(
            "SetSuccession",
            Capability.Publish,
            static reader => new SetSuccession { UserIds = [.. reader.OptionalTextList("userIds", SetSuccession.UserIdsMax, Users.UserId.LengthMax)] }),

        RoomCommands.Of(
            "SetPermission",
            Capability.Publish,
            static reader => new SetPermission
            {
                Permission = reader.Text("permission", 1, PermissionCharsMax),
                Role = reader.OptionalText("role", 16) is { } role ? RoleOf(reader, role) : null,
            }),
    ];

    /// <summary>Which of them make sense is the room's to say.</summary>
    public static RoomRole RoleOf(RequestReader reader, string word)
    {
        switch (word)
        {
            case "listener":
                return RoomRole.Listener;
            case "dj":
                return RoomRole.Dj;
            case "moderator":
                return RoomRole.Moderator;
            case "coHost":
                return RoomRole.CoHost;
            case "owner":
                return RoomRole.Owner;
            default:
                reader.Refuse("role", "must be 'listener', 'dj', 'moderator', 'coHost' or 'owner'");
                return RoomRole.Listener;
        }
    }
}
