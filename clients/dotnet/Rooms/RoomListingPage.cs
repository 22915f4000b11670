namespace WhatsSound.Client;

/// <summary>Rooms of the list of rooms, and how many there are.</summary>
public sealed record RoomListingPage(IReadOnlyList<RoomListing> Rooms, int Total);
