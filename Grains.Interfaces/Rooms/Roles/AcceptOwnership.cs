namespace WhatsSound.Rooms;

/// <summary>
/// Takes the room that its owner has offered to whoever asks: the owner from now on, while who gave it away is a co-host. It takes a place among the rooms that a user may own. Refusals: NOTHING_OFFERED, USER_QUOTA,
/// ROOM_LIMIT.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.AcceptOwnership")]
public sealed record AcceptOwnership : RoomAction;
