using System.Collections.Immutable;
using WhatsSound.Users;

namespace WhatsSound.Grains.Users;

/// <summary>Whom a user follows.</summary>
internal sealed record UserFollowsState
{
    private const int SchemaNow = 1;

    public int Schema { get; init; } = SchemaNow;

    /// <summary>The newest last.</summary>
    public ImmutableArray<FollowedUser> Users { get; init; } = [];

    /// <summary>The state in today's schema.</summary>
    public UserFollowsState Upgrade() => Schema switch
    {
        SchemaNow => this,
        _ => throw new NotSupportedException($"Follows of a user of schema {Schema}; this program knows {SchemaNow}."),
    };

    public bool Has(string userId) => Users.Any(user => user.UserId == userId);

    public UserFollowsState With(string userId, long nowMs) => Has(userId) ? this : this with { Users = Users.Add(new FollowedUser { UserId = userId, AtMs = nowMs }) };

    public UserFollowsState Without(string userId) => Has(userId) ? this with { Users = Users.RemoveAll(user => user.UserId == userId) } : this;
}
