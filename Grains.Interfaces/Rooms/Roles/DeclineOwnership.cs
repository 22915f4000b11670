namespace WhatsSound.Rooms;

/// <summary>Does not take the room that its owner has offered to whoever asks: the offer ends, and nothing else changes. Refusals: NOTHING_OFFERED.</summary>
[GenerateSerializer, Immutable, Alias("ws.DeclineOwnership")]
public sealed record DeclineOwnership : RoomAction;
