using System.Collections.Immutable;

namespace WhatsSound.Users;

/// <summary>All whom a user follows.</summary>
[GenerateSerializer, Immutable, Alias("ws.UserFollows")]
public sealed record UserFollows
{
    /// <summary>The newest last.</summary>
    [Id(0)] public required ImmutableArray<FollowedUser> Users { get; init; }

    /// <summary>How many it may be.</summary>
    [Id(1)] public required int UsersMax { get; init; }
}
