namespace WhatsSound.Users;

/// <summary>Whom a user follows. Its key is <see cref="UserId.KeyOf"/>. Durable when answered; each call can be made again.</summary>
[Alias("ws.IUserFollowsGrain"), GrainInterfaceType("ws.IUserFollowsGrain")]
public interface IUserFollowsGrain : IGrainWithStringKey
{
    /// <summary>Follows a user. Refusals: CANNOT_TARGET_SELF; USER_QUOTA where the user follows as many as they may, or is followed by as many; NOT_READY.</summary>
    [Alias("Follow")]
    Task<Answer<Done>> FollowAsync(string userId);

    /// <summary>Follows a user no more. Refusals: NOT_READY.</summary>
    [Alias("Unfollow")]
    Task<Answer<Done>> UnfollowAsync(string userId);

    /// <summary>All of them.</summary>
    [Alias("Read")]
    Task<UserFollows> ReadAsync();
}
