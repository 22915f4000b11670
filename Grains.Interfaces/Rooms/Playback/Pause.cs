namespace WhatsSound.Rooms;

/// <summary>Stops at the current position; without a song, what is added waits until somebody plays. Takes <c>controlPlayback</c>, which the host has. Refusals: FORBIDDEN.</summary>
[GenerateSerializer, Immutable, Alias("ws.Pause")]
public sealed record Pause : RoomAction;
