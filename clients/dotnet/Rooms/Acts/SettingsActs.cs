using System.Text.Json.Serialization;

namespace WhatsSound.Client;

/// <summary>Changes what is given of a room's settings, and leaves the rest.</summary>
public sealed record UpdateSettings() : RoomAct("UpdateSettings")
{
    /// <summary>What it is called.</summary>
    public string? Name { get; init; }

    /// <summary>Empty: none.</summary>
    public string? Description { get; init; }

    /// <summary>Words to be found by.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary><c>public</c>, <c>unlisted</c> or <c>inviteOnly</c>.</summary>
    public string? Visibility { get; init; }

    /// <summary>Empty: none.</summary>
    public string? Password { get; init; }

    /// <summary>Whom it takes at most; 0: as many as any room.</summary>
    public int? MembersMax { get; init; }

    /// <summary>How many seconds a member waits between two messages; 0: none.</summary>
    public int? SlowModeSeconds { get; init; }

    /// <summary>Whether only who may lock or manage the queue adds songs.</summary>
    public bool? IsQueueLocked { get; init; }

    /// <summary>Whether only who may lock the chat speaks.</summary>
    public bool? IsChatLocked { get; init; }

    /// <summary>Whether only who has a role comes in.</summary>
    public bool? IsJoinLocked { get; init; }

    /// <summary>Whether members can be muted without being told.</summary>
    public bool? AllowsShadowMute { get; init; }

    /// <summary>Whether it closes by itself once nobody has been in it for a while.</summary>
    public bool? IsTemporary { get; init; }

    /// <summary>Whether a start waits, for a short while, until most members' players have the song.</summary>
    public bool? WaitsForReady { get; init; }
}

/// <summary>Makes a way into the room; the receipt has it.</summary>
/// <param name="For">For how long it is good, up to 30 days.</param>
/// <param name="UsesMax">For how many users, up to 1,000.</param>
/// <param name="Role">What they are made, if they are less.</param>
public sealed record CreateInvite([property: JsonIgnore] TimeSpan For, int UsesMax, string Role = "listener") : RoomAct("CreateInvite")
{
    [JsonInclude]
    internal long? ForMs => MsOf(For);
}

/// <summary>Ends an invite.</summary>
/// <param name="InviteId">What is before its point.</param>
public sealed record RevokeInvite(string InviteId) : RoomAct("RevokeInvite");

/// <summary>Ends the song, and takes everybody out.</summary>
/// <param name="Reason">Told to everybody.</param>
public sealed record CloseRoom(string? Reason = null) : RoomAct("CloseRoom");

/// <summary>Plays a song of the queue now, whatever comes before it.</summary>
/// <param name="EntryId">The song.</param>
public sealed record PlayEntry(string EntryId) : RoomAct("PlayEntry");
