namespace WhatsSound.Grains.Users;

/// <summary>When the user created a room.</summary>
internal sealed record CreatedRoom(string RoomId, long AtMs);
