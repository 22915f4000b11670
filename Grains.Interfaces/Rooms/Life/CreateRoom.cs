namespace WhatsSound.Rooms;

/// <summary>Creates the room with the caller as owner. Refusals: ROOM_NAME_TAKEN, also where the room is the caller's own.</summary>
[GenerateSerializer, Immutable, Alias("ws.CreateRoom")]
public sealed record CreateRoom : RoomAction
{
    /// <summary>What it is to be like.</summary>
    [Id(0)] public required RoomSettings Settings { get; init; }
}
