namespace WhatsSound.Users;

/// <summary>
/// Which rooms a user owns, which counts, and which they have joined lately. Its key is <see cref="UserId.KeyOf"/>. A place is taken before a room is created, given away or opened again, and saved; what
/// a crash leaves behind is found by asking the rooms, before anybody is refused for it.
/// </summary>
[Alias("ws.IUserRoomsGrain"), GrainInterfaceType("ws.IUserRoomsGrain")]
public interface IUserRoomsGrain : IGrainWithStringKey
{
    /// <summary>Takes a place for a room, which may have it already. Durable when answered. Refusals: USER_QUOTA; RATE_LIMITED for rooms that are created too fast.</summary>
    [Alias("Take")]
    Task<Answer<Done>> TakeAsync(RoomClaim claim);

    /// <summary>The room that a place was taken for was not created after all. One-way: a place that is left behind is found later.</summary>
    [Alias("Cancel"), OneWay]
    Task CancelAsync(string roomId, long revision);

    /// <summary>What a room is: it is open or closed, or is called otherwise. The room says it again whenever it comes into memory.</summary>
    [Alias("Tell")]
    Task TellAsync(RoomClaim claim);

    /// <summary>The room is somebody else's.</summary>
    [Alias("Part")]
    Task PartAsync(string roomId, long revision);

    /// <summary>The user has joined a room. One-way, and saved a while later: a crash may forget the last.</summary>
    [Alias("Visit"), OneWay]
    Task VisitAsync(string roomId, string name, long atMs);

    /// <summary>The rooms. Those of which nothing was heard for a minute are asked, with a limit of time.</summary>
    [Alias("Read")]
    Task<UserRooms> ReadAsync();
}
