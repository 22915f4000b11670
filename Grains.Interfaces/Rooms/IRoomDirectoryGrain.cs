namespace WhatsSound.Rooms;

/// <summary>
/// The public list of rooms as programs of an older version know it: one grain, key <see cref="Key"/>. What it is told goes to the parts of the list (<see cref="IRoomShardGrain"/>), and what it is
/// asked is answered from them; of its own it has the list that the older version saved, for the parts to take over.
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

    /// <summary>Takes a room out of the list.</summary>
    [Alias("Remove")]
    Task RemoveAsync(string roomId);

    /// <summary>The first <paramref name="countMax"/> rooms, 1 to 100.</summary>
    [Alias("List"), ReadOnly]
    Task<RoomListingPage> ListAsync(int countMax);

    /// <summary>The saved rooms that fall to a part of so many. Interleaves: they never change.</summary>
    [Alias("ReadFormer"), AlwaysInterleave]
    Task<System.Collections.Immutable.ImmutableArray<RoomListing>> ReadFormerAsync(int number, int count);
}
