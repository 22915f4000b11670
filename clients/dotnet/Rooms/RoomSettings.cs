namespace WhatsSound.Client;

/// <summary>What the owner of a room sets.</summary>
public sealed record RoomSettings(string Name, string? Description = null, bool IsListed = true);
