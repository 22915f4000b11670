namespace WhatsSound.Client;

/// <summary>All whom this user follows, the newest last, and how many it may be.</summary>
public sealed record UserFollows(IReadOnlyList<FollowedUser> Users, int UsersMax);
