namespace WhatsSound.Rooms;

/// <summary>
/// What is asked of a room: one record for each command, in the folder of its feature. The family is closed: a room answers BAD_REQUEST to one that it does not
/// know, as one of a newer program may be.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.RoomAction")]
public abstract record RoomAction;
