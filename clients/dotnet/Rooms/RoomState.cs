namespace WhatsSound.Client;

/// <summary>A room as this client sees it: a snapshot with every later publication applied. Never changed in place.</summary>
public sealed record RoomState
{
    /// <summary>The room.</summary>
    public required string RoomId { get; init; }

    /// <summary>How it is set.</summary>
    public required RoomSettings Settings { get; init; }

    /// <summary>Whose it is.</summary>
    public required string OwnerUserId { get; init; }

    /// <summary>Who is what in it.</summary>
    public RoomRoles Roles { get; init; } = RoomRoles.None;

    /// <summary>What this user could do when the room was last read as a whole, by the names of the protocol's table.</summary>
    public IReadOnlyList<string> MyPermissions { get; init; } = [];

    /// <summary>Who plays; null while nobody is there to.</summary>
    public string? HostUserId { get; init; }

    /// <summary>From which the position of the song is computed.</summary>
    public required PlaybackVector Playback { get; init; }

    /// <summary>Where the host's player says it is.</summary>
    public HostPosition? HostPosition { get; init; }

    /// <summary>The current song and the next ones.</summary>
    public required RoomQueue Queue { get; init; }

    /// <summary>This user's votes on the current song and queued ones, by entry, on whichever connection they were given: -1 or 1.</summary>
    public required IReadOnlyDictionary<string, int> MyVotes { get; init; }

    /// <summary>Whether this user has voted to skip the current song.</summary>
    public bool MySkipVote { get; init; }

    /// <summary>The last songs played, newest first.</summary>
    public required IReadOnlyList<PlayedSong> History { get; init; }

    /// <summary>The last 500 messages at most, oldest first.</summary>
    public required IReadOnlyList<ChatLine> Chat { get; init; }

    /// <summary>Whether there are older ones.</summary>
    public bool ChatHasMore { get; init; }

    /// <summary>Who is here, in the order they came, or of many a sample.</summary>
    public required IReadOnlyList<PresenceMember> Members { get; init; }

    /// <summary>How many are here.</summary>
    public int MemberTotal { get; init; }

    /// <summary>What plays when nothing is queued; null from a server that does not say it.</summary>
    public RoomFallback? Fallback { get; init; }

    /// <summary>The vote to skip the current song.</summary>
    public required SkipTally Skip { get; init; }
}
