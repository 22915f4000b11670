using System.Collections.Immutable;
using WhatsSound.Users;

namespace WhatsSound.Grains.Users;

/// <summary>Who follows a user, and how far they have been told that the user is live.</summary>
internal sealed record UserFollowersState
{
    private const int SchemaNow = 1;
    private const long HourMs = 60 * 60 * 1000;

    public int Schema { get; init; } = SchemaNow;

    /// <summary>In the order of their ids.</summary>
    public ImmutableArray<string> Followers { get; init; } = [];

    /// <summary>When the user was live last, as followers were told.</summary>
    public long LiveAtMs { get; init; }

    /// <summary>What followers are being told; null: all have been.</summary>
    public LiveNotice? Telling { get; init; }

    /// <summary>The last of those who have been; null: nobody has.</summary>
    public string? ToldUpTo { get; init; }

    /// <summary>The state in today's schema.</summary>
    public UserFollowersState Upgrade() => Schema switch
    {
        SchemaNow => this,
        _ => throw new NotSupportedException($"Followers of a user of schema {Schema}; this program knows {SchemaNow}."),
    };

    public bool Has(string userId) => Followers.BinarySearch(userId, StringComparer.Ordinal) >= 0;

    public UserFollowersState With(string userId)
    {
        var index = Followers.BinarySearch(userId, StringComparer.Ordinal);
        return index >= 0 ? this : this with { Followers = Followers.Insert(~index, userId) };
    }

    public UserFollowersState Without(string userId)
    {
        var index = Followers.BinarySearch(userId, StringComparer.Ordinal);
        return index < 0 ? this : this with { Followers = Followers.RemoveAt(index) };
    }

    /// <summary>Whether there is nothing to be kept: nobody follows the user, and whoever comes has not been told of them within the hour.</summary>
    public bool IsNothing(long nowMs) => Followers.IsEmpty && (LiveAtMs == 0 || nowMs - LiveAtMs >= HourMs);

    /// <summary>The same where the user was live within the hour, or nobody follows them.</summary>
    public UserFollowersState Announce(LiveNotice notice, long nowMs) => Followers.IsEmpty || (LiveAtMs > 0 && nowMs - LiveAtMs < HourMs)
        ? this
        : this with { LiveAtMs = nowMs, Telling = notice, ToldUpTo = null };

    /// <summary>Who is still to be told, as many as asked for.</summary>
    public ImmutableArray<string> Next(int count) =>
        [.. Followers.SkipWhile(userId => ToldUpTo is not null && string.CompareOrdinal(userId, ToldUpTo) <= 0).Take(count)];

    public UserFollowersState Told(ImmutableArray<string> users) =>
        users.IsEmpty ? this with { Telling = null, ToldUpTo = null } : this with { ToldUpTo = users[^1] };
}
