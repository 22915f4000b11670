namespace WhatsSound.Rooms;

/// <summary>Leaves the room on purpose; the gateway says with which connection.</summary>
[GenerateSerializer, Immutable, Alias("ws.LeaveRoom")]
public sealed record LeaveRoom : RoomAction;
