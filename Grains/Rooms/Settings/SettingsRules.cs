using System.Collections.Immutable;
using System.Globalization;
using WhatsSound.Rooms;
using WhatsSound.Text;

namespace WhatsSound.Grains.Rooms;

/// <summary>How a room may be set, and by whom: each setting takes a permission of its own.</summary>
internal static class SettingsRules
{
    private const int NameGraphemesMax = RoomSettings.NameGraphemesMax;
    private const int DescriptionLengthMax = RoomSettings.DescriptionLengthMax;
    private const int SlowModeSecondsMax = RoomSettings.SlowModeSecondsMax;

    public static Refusal? Check(RoomSettings? settings, RoomOptions options) => settings is null
        ? CheckName(null)
        : CheckName(settings.Name) ?? CheckDescription(settings.Description) ?? CheckTags(settings.Tags) ?? CheckSlowMode(settings.SlowModeSeconds) ?? CheckMembers(settings.MembersMax, options);

    public static Refusal? Check(UpdateSettings action) =>
        (action.Name is null ? null : CheckName(action.Name))
        ?? CheckDescription(action.Description)
        ?? (action.Tags is { } tags ? CheckTags(tags) : null)
        ?? (action.Password is { Length: > RoomSettings.PasswordLengthMax } ? Refusals.WrongField("password", $"must have at most {RoomSettings.PasswordLengthMax} characters") : null)
        ?? (action.SlowModeSeconds is { } seconds ? CheckSlowMode(seconds) : null)
        ?? (action.Visibility is { } visibility && !Enum.IsDefined(visibility) ? Refusals.WrongField("visibility", "must be 'public', 'unlisted' or 'inviteOnly'") : null);

    public static RoomDecision Update(RoomTurn turn, UpdateSettings action)
    {
        var (settings, password) = (turn.Room.Settings, turn.Room.Password);
        var changed = new List<string>();
        foreach (var (name, permission, isGiven) in Parts(action))
        {
            if (!isGiven)
                continue;
            if (turn.Check(permission) is { } refusal)
                return refusal;
            changed.Add(name);
        }

        if (CheckMembers(action.MembersMax is 0 ? null : action.MembersMax, turn.Moment.Options) is { } tooMany)
            return tooMany;
        if (changed.Count == 0)
            return turn.Nothing();
        if (action.Password is { } given)
            password = given.Length == 0 ? null : RoomPassword.Of(given, turn.NewId());
        return turn.Decide(new SettingsChanged(With(settings, action) with { HasPassword = password is not null }, password, turn.UserId, string.Join(' ', changed), turn.NowMs));
    }

    private static RoomSettings With(RoomSettings settings, UpdateSettings action) => settings with
    {
        Name = action.Name ?? settings.Name,
        Description = action.Description is null ? settings.Description : action.Description.Length == 0 ? null : action.Description,
        Tags = action.Tags ?? settings.Tags,
        IsListed = action.Visibility is null ? settings.IsListed : action.Visibility == RoomVisibility.Public,
        IsInviteOnly = action.Visibility is null ? settings.IsInviteOnly : action.Visibility == RoomVisibility.InviteOnly,
        MembersMax = action.MembersMax is null ? settings.MembersMax : action.MembersMax is 0 ? null : action.MembersMax,
        SlowModeSeconds = action.SlowModeSeconds ?? settings.SlowModeSeconds,
        IsQueueLocked = action.IsQueueLocked ?? settings.IsQueueLocked,
        IsChatLocked = action.IsChatLocked ?? settings.IsChatLocked,
        IsJoinLocked = action.IsJoinLocked ?? settings.IsJoinLocked,
        AllowsShadowMute = action.AllowsShadowMute ?? settings.AllowsShadowMute,
        IsTemporary = action.IsTemporary ?? settings.IsTemporary,
        WaitsForReady = action.WaitsForReady ?? settings.WaitsForReady,
    };

    private static IEnumerable<(string Name, RoomPermission Permission, bool IsGiven)> Parts(UpdateSettings action) =>
    [
        ("name", RoomPermission.Rename, action.Name is not null),
        ("description", RoomPermission.Describe, action.Description is not null),
        ("tags", RoomPermission.Describe, action.Tags is not null),
        ("visibility", RoomPermission.SetVisibility, action.Visibility is not null),
        ("password", RoomPermission.SetPassword, action.Password is not null),
        ("membersMax", RoomPermission.SetCapacity, action.MembersMax is not null),
        ("slowModeSeconds", RoomPermission.SetSlowMode, action.SlowModeSeconds is not null),
        ("isQueueLocked", RoomPermission.LockQueue, action.IsQueueLocked is not null),
        ("isChatLocked", RoomPermission.LockChat, action.IsChatLocked is not null),
        ("isJoinLocked", RoomPermission.LockJoin, action.IsJoinLocked is not null),
        ("allowsShadowMute", RoomPermission.AllowShadowMute, action.AllowsShadowMute is not null),
        ("isTemporary", RoomPermission.SetLifetime, action.IsTemporary is not null),
        ("waitsForReady", RoomPermission.ControlPlayback, action.WaitsForReady is not null),
    ];

    private static Refusal? CheckName(string? name) =>
        name is { Length: <= 4 * NameGraphemesMax } && VisibleText.IsValid(name) && new StringInfo(name).LengthInTextElements <= NameGraphemesMax
            ? null
            : Refusals.WrongField("name", $"must have 1 to {NameGraphemesMax} characters, at least one of them visible, and no control characters");

    private static Refusal? CheckDescription(string? description) =>
        description is { Length: > 0 } && (description.Length > DescriptionLengthMax || !VisibleText.IsValid(description, allowsLines: true))
            ? Refusals.WrongField("description", $"must have at most {DescriptionLengthMax} characters, at least one of them visible, and no control characters")
            : null;

    private static Refusal? CheckTags(ImmutableArray<string> tags) =>
        tags.IsDefault || (tags.Length <= RoomSettings.TagsMax && tags.All(static tag => tag is { Length: > 0 and <= RoomSettings.TagLengthMax } && VisibleText.IsValid(tag)))
            ? null
            : Refusals.WrongField("tags", $"must have at most {RoomSettings.TagsMax} items, each of 1 to {RoomSettings.TagLengthMax} characters, at least one of them visible");

    private static Refusal? CheckSlowMode(int seconds) =>
        seconds is >= 0 and <= SlowModeSecondsMax ? null : Refusals.WrongField("slowModeSeconds", $"must be 0 to {SlowModeSecondsMax}");

    private static Refusal? CheckMembers(int? membersMax, RoomOptions options) =>
        membersMax is null || (membersMax >= 1 && membersMax <= options.MembersMax) ? null : Refusals.WrongField("membersMax", $"must be 1 to {options.MembersMax:N0}, or 0 for as many as any room takes");
}
