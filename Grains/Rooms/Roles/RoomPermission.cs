namespace WhatsSound.Grains.Rooms;

/// <summary>What somebody may do in a room; <see cref="RoomPermissions"/> says who.</summary>
internal enum RoomPermission
{
    /// <summary>Queue songs, and take the own ones back.</summary>
    AddSongs,

    /// <summary>Take other people's songs out of the queue.</summary>
    RemoveSongs,

    /// <summary>Have a song of their own choice played next.</summary>
    PinSongs,

    /// <summary>Move, shuffle and clear other people's songs, say how the queue is ordered and what it takes, and add while it is locked.</summary>
    ManageQueue,

    /// <summary>Vote on queued songs.</summary>
    Vote,

    /// <summary>Vote to skip the current song.</summary>
    VoteSkip,

    /// <summary>Play, pause and seek.</summary>
    ControlPlayback,

    /// <summary>End other people's songs.</summary>
    SkipSongs,

    /// <summary>Make somebody else the host.</summary>
    NameHost,

    /// <summary>Say something.</summary>
    Chat,

    /// <summary>Give and take roles below one's own.</summary>
    GrantRoles,

    /// <summary>Say which co-host follows a lost host first.</summary>
    SetSuccession,

    /// <summary>Mute members.</summary>
    MuteMembers,

    /// <summary>Mute members who are not told.</summary>
    ShadowMute,

    /// <summary>Keep members from doing anything.</summary>
    TimeOutMembers,

    /// <summary>Keep members from adding songs.</summary>
    BanFromQueue,

    /// <summary>Send members out.</summary>
    KickMembers,

    /// <summary>Keep users out.</summary>
    BanMembers,

    /// <summary>Read sanctions, reports and the log.</summary>
    SeeRecords,

    /// <summary>Change the name.</summary>
    Rename,

    /// <summary>Change the description and the tags.</summary>
    Describe,

    /// <summary>Say who finds the room.</summary>
    SetVisibility,

    /// <summary>Set a password.</summary>
    SetPassword,

    /// <summary>Say whom the room takes at most.</summary>
    SetCapacity,

    /// <summary>Slow the chat down.</summary>
    SetSlowMode,

    /// <summary>Keep others from adding songs.</summary>
    LockQueue,

    /// <summary>Keep others from speaking.</summary>
    LockChat,

    /// <summary>Keep others from coming in.</summary>
    LockJoin,

    /// <summary>Say whether members can be muted without being told.</summary>
    AllowShadowMute,

    /// <summary>Say whether the room closes by itself.</summary>
    SetLifetime,

    /// <summary>Make and end invites.</summary>
    CreateInvites,

    /// <summary>Close the room.</summary>
    CloseRoom,

    /// <summary>Open it again.</summary>
    ReopenRoom,

    /// <summary>Say which role something takes.</summary>
    SetPermissions,

    /// <summary>Take other people's messages back.</summary>
    DeleteMessages,

    /// <summary>Say something with a link.</summary>
    PostLinks,

    /// <summary>Say something that is meant for everybody.</summary>
    MentionEveryone,

    /// <summary>Speak as often as one likes where the chat is slow.</summary>
    IgnoreSlowMode,

    /// <summary>React to songs and messages.</summary>
    React,
}
