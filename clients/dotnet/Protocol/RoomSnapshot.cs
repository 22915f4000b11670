namespace WhatsSound.Client;

/// <summary>Everything a late joiner needs, consistent with its positions.</summary>
internal sealed record RoomSnapshot(
    string RoomId,
    RoomSettings Settings,
    string OwnerUserId,
    PlaybackVector Playback,
    RoomQueue Queue,
    IReadOnlyDictionary<string, int> MyVotes,
    IReadOnlyList<PlayedSong> History,
    IReadOnlyList<Publication> Chat,
    bool ChatHasMore,
    PresenceView Presence,
    SkipTally Skip,
    IReadOnlyDictionary<string, Position> Positions,
    string? HostUserId = null,
    bool MySkipVote = false,
    RoomRoles? Roles = null,
    IReadOnlyList<string>? MyPermissions = null,
    RoomFallback? Fallback = null);
