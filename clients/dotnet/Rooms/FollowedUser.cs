namespace WhatsSound.Client;

/// <summary>Whom a user follows, since a time in Unix milliseconds.</summary>
public sealed record FollowedUser(string UserId, long AtMs);
