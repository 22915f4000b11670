namespace WhatsSound.Rooms;

/// <summary>
/// A part of the public list: the rooms whose ids fall to it. Bounded; at its bound a room goes that nobody is in, the one that was silent longest first, and returns with its next activity. Which
/// rooms are in it is durable, the counts are not. What a room says with a lower revision than what is known of it is late, and without effect.
/// </summary>
[Alias("ws.IRoomShardGrain"), GrainInterfaceType("ws.IRoomShardGrain")]
public interface IRoomShardGrain : IGrainWithStringKey
{
    /// <summary>The grain key of a part, from 0; prefixed for the reason given at <see cref="RoomId"/>.</summary>
    static string KeyOf(int number) => $"rooms:{number}";

    /// <summary>Puts a new room in the list; durable when answered.</summary>
    [Alias("Register")]
    Task RegisterAsync(RoomListing listing, long revision);

    /// <summary>Replaces a room's line. One-way: a lost report is made good by the next.</summary>
    [Alias("Report"), OneWay]
    Task ReportAsync(RoomListing listing, long revision);

    /// <summary>Takes a room out of the list. One-way: what is lost here is found when the room has long been silent.</summary>
    [Alias("Remove"), OneWay]
    Task RemoveAsync(string roomId, long revision);

    /// <summary>The first of its rooms that are wanted, after a cursor, in the order of <see cref="RoomListingPage"/>. Interleaves: it answers at once.</summary>
    [Alias("Find"), AlwaysInterleave]
    Task<RoomListingPage> FindAsync(RoomQuery query);
}
