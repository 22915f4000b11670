namespace WhatsSound.Rooms;

/// <summary>
/// Enters the room; the gateway says with which connection. Refusals: ROOM_FULL, ROOM_CLOSED, ROOM_LOCKED, PASSWORD_REQUIRED, PASSWORD_WRONG, INVITE_INVALID, INVITE_EXPIRED, INVITE_USED_UP, BANNED, KICKED,
/// RATE_LIMITED, and ROOM_LIMIT where an invite to a role comes to a room that has no place for another. The owner is refused none of these but ROOM_CLOSED; who has a role, is in the room, came by an invite before, or gave the password lately needs neither.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.JoinRoom")]
public sealed record JoinRoom : RoomAction
{
    /// <summary>The room's password, where it has one.</summary>
    [Id(0)] public string? Password { get; init; }

    /// <summary>An invite, as its maker got it. It is used where it lets the user in, or gives them a role above theirs.</summary>
    [Id(1)] public string? Invite { get; init; }

    /// <summary>What the address counts as that the connection comes from; set by the gateway.</summary>
    [Id(2)] public string? From { get; init; }

    /// <summary>
    /// Whether the answer needs no more than the room's revision, since whoever asks has positions of their own to go on from; set by the gateway. Then it reads no channel and waits for none. A room of a version that does not know
    /// this answers everything.
    /// </summary>
    [Id(3)] public bool NeedsNoSnapshot { get; init; }
}
