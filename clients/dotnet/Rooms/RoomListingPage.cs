namespace WhatsSound.Client;

/// <summary>Rooms of the list of rooms, and how many there are.</summary>
public sealed record RoomListingPage(IReadOnlyList<RoomListing> Rooms, int Total)
{
    /// <summary>The next page's cursor; null: there is none.</summary>
    public string? Next { get; init; }

    /// <summary>Whether a part of the list did not answer in time, so that rooms may be missing.</summary>
    public bool IsPartial { get; init; }
}
