namespace WhatsSound.Rooms;

/// <summary>Opens a closed room again, as it was. Whoever may need not be in it. Refusals: FORBIDDEN.</summary>
[GenerateSerializer, Immutable, Alias("ws.ReopenRoom")]
public sealed record ReopenRoom : RoomAction;
