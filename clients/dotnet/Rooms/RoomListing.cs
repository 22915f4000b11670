namespace WhatsSound.Client;

/// <summary>A room in the list of rooms.</summary>
public sealed record RoomListing(string RoomId, string Name, int ListenerCount, long UpdatedAtMs, string? NowPlaying = null);
