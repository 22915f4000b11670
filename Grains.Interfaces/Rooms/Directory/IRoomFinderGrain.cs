namespace WhatsSound.Rooms;

/// <summary>
/// Finds rooms in the public list, on the silo that is asked: asks all parts of it side by side, with a limit of time, and merges. The same question within a second has the same answer. A part that
/// does not answer is left out, and the page says so. Key: <see cref="Key"/>.
/// </summary>
[Alias("ws.IRoomFinderGrain"), GrainInterfaceType("ws.IRoomFinderGrain")]
public interface IRoomFinderGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    public const string Key = "finder:rooms";

    /// <summary>A page. Interleaves: what is kept is only answers. Refusals: BAD_REQUEST, and NOT_READY where no part answers.</summary>
    [Alias("Find"), AlwaysInterleave]
    Task<Answer<RoomListingPage>> FindAsync(RoomQuery query);
}
