namespace WhatsSound.Grains.Rooms;

/// <summary>A line of the stored list.</summary>
internal sealed record ListedRoom(string RoomId, string Name, long UpdatedAtMs);
