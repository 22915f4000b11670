namespace WhatsSound.Client;

/// <summary>How a room is set.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it is about.</param>
/// <param name="IsListed">Whether it is in the public list.</param>
/// <param name="AllowsShadowMute">Whether members can be muted without being told.</param>
/// <param name="Tags">Words to be found by.</param>
/// <param name="IsInviteOnly">Whether only who was invited comes in.</param>
/// <param name="IsTemporary">Whether it closes by itself once nobody has been in it for a while.</param>
/// <param name="MembersMax">Whom it takes at most; null: as many as any room.</param>
/// <param name="SlowModeSeconds">How many seconds a member waits between two messages.</param>
/// <param name="HasPassword">Whether it takes a password to come in.</param>
/// <param name="IsQueueLocked">Whether only who may lock or manage the queue adds songs.</param>
/// <param name="IsChatLocked">Whether only who may lock the chat speaks.</param>
/// <param name="IsJoinLocked">Whether only who has a role comes in.</param>
/// <param name="WaitsForReady">Whether a start waits, for a short while, until most members' players have the song.</param>
public sealed record RoomSettings(
    string Name,
    string? Description = null,
    bool IsListed = true,
    bool AllowsShadowMute = false,
    IReadOnlyList<string>? Tags = null,
    bool IsInviteOnly = false,
    bool IsTemporary = false,
    int? MembersMax = null,
    int SlowModeSeconds = 0,
    bool HasPassword = false,
    bool IsQueueLocked = false,
    bool IsChatLocked = false,
    bool IsJoinLocked = false,
    bool WaitsForReady = false);
