namespace WhatsSound.Rooms;

/// <summary>
/// The public list of rooms: one grain, key <see cref="Key"/>. It holds the 1,000 most recently active listed rooms; a room that falls out of the list
/// lives on and returns with its next activity. Its membership is durable, the counts are not.
/// </summary>
[Alias("ws.IRoomDirectoryGrain"), GrainInterfaceType("ws.IRoomDirectoryGrain")]
public interface IRoomDirectoryGrain : IGrainWithStringKey
{
    /// <summary>The key of the only directory.</summary>
    public const string Key = "directory:rooms";

    /// <summary>Puts a new room in the list; durable when answered.</summary>
    [Alias("Register")]
    Task RegisterAsync(RoomListing listing);

    /// <summary>Replaces a room's line. One-way: a lost report is made good by the next.</summary>
    [Alias("Report"), OneWay]
    Task ReportAsync(RoomListing listing);

    /// <summary>The first <paramref name="countMax"/> rooms, 1 to 100.</summary>
    [Alias("List"), ReadOnly]
    Task<RoomListingPage> ListAsync(int countMax);
}
