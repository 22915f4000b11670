using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Requests;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>How a room is set, and ways into it.</summary>
internal static class SettingsRequests
{
    public static IReadOnlyList<SessionRequest> All { get; } =
    [
        RoomCommands.Of("UpdateSettings", Capability.Publish, static reader => new UpdateSettings
        {
            Name = reader.OptionalName("name", RoomSettings.NameGraphemesMax),
            Description = reader.OptionalText("description", RoomSettings.DescriptionLengthMax),
            Tags = TagsIn(reader),
            Visibility = reader.OptionalText("visibility", 16) is { } visibility ? VisibilityOf(reader, visibility) : null,
            Password = reader.OptionalText("password", RoomSettings.PasswordLengthMax),
            // How many any room takes is the server's setting, and the room's to say.
            MembersMax = (int?)reader.OptionalInteger("membersMax", 0, int.MaxValue),
            SlowModeSeconds = (int?)reader.OptionalInteger("slowModeSeconds", 0, RoomSettings.SlowModeSecondsMax),
            IsQueueLocked = reader.OptionalFlag("isQueueLocked"),
            IsChatLocked = reader.OptionalFlag("isChatLocked"),
            IsJoinLocked = reader.OptionalFlag("isJoinLocked"),
            AllowsShadowMute = reader.OptionalFlag("allowsShadowMute"),
            IsTemporary = reader.OptionalFlag("isTemporary"),
            WaitsForReady = reader.OptionalFlag("waitsForReady"),
        }),

        RoomCommands.Of("CreateInvite", Capability.Publish, static reader => new CreateInvite
        {
            Role = reader.OptionalText("role", 16) is { } role ? RoleRequests.RoleOf(reader, role) : RoomRole.Listener,
            ForMs = reader.Integer("forMs", 1, CreateInvite.ForMsBound),
            UsesMax = (int)reader.Integer("usesMax", 1, CreateInvite.UsesBound),
        }),

        RoomCommands.Of("RevokeInvite", Capability.Publish, static reader => new RevokeInvite { InviteId = reader.Text("inviteId", 1, 64) }),
    ];

    /// <summary>Without the field nothing is changed; an empty list is none.</summary>
    private static System.Collections.Immutable.ImmutableArray<string>? TagsIn(RequestReader reader)
    {
        var tags = reader.OptionalTextList("tags", RoomSettings.TagsMax, RoomSettings.TagLengthMax);
        return reader.Has("tags") ? [.. tags] : null;
    }

    private static RoomVisibility VisibilityOf(RequestReader reader, string word)
    {
        switch (word)
        {
            case "public":
                return RoomVisibility.Public;
            case "unlisted":
                return RoomVisibility.Unlisted;
            case "inviteOnly":
                return RoomVisibility.InviteOnly;
            default:
                reader.Refuse("visibility", "must be 'public', 'unlisted' or 'inviteOnly'");
                return RoomVisibility.Public;
        }
    }
}
