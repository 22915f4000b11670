namespace WhatsSound.Users;

/// <summary>Who follows a user. Its key is <see cref="UserId.KeyOf"/>. It asks no other grain in its turns: two users may follow each other.</summary>
[Alias("ws.IUserFollowersGrain"), GrainInterfaceType("ws.IUserFollowersGrain")]
public interface IUserFollowersGrain : IGrainWithStringKey
{
    /// <summary>Adds a follower; one who is there already is no error. Durable when answered. Refusals: USER_QUOTA.</summary>
    [Alias("Add")]
    Task<Answer<Done>> AddAsync(string userId);

    /// <summary>Takes a follower out.</summary>
    [Alias("Remove")]
    Task RemoveAsync(string userId);

    /// <summary>
    /// A song of the user's plays. Their followers are told, unless they were within an hour. Durable when answered: what a crash interrupts goes on when the grain is next asked for anything, and nobody is told twice.
    /// </summary>
    [Alias("Announce")]
    Task AnnounceAsync(LiveNotice notice);
}
