namespace WhatsSound.Rooms;

/// <summary>Goes on playing, or starts the queue. Takes <c>controlPlayback</c>, which the host has. Refusals: FORBIDDEN, NOTHING_PLAYING where there is nothing to play either.</summary>
[GenerateSerializer, Immutable, Alias("ws.Play")]
public sealed record Play : RoomAction;
