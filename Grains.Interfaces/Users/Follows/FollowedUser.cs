namespace WhatsSound.Users;

/// <summary>Whom a user follows.</summary>
[GenerateSerializer, Immutable, Alias("ws.FollowedUser")]
public sealed record FollowedUser
{
    /// <summary>Who.</summary>
    [Id(0)] public required string UserId { get; init; }

    /// <summary>Since when, Unix milliseconds.</summary>
    [Id(1)] public required long AtMs { get; init; }
}
