using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Ballots;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Who of a room's members has a say about the song that plays, as they come and go.</summary>
internal static class Voters
{
    /// <summary>From when on a user may vote to skip; null: not as things are. Whoever is out or in a timeout may when that is over, though nothing runs then.</summary>
    public static long? FromMs(Room room, string userId, long nowMs)
    {
        if (!RoomPermissions.Allow(room, userId, RoomPermission.VoteSkip))
            return null;
        var fromMs = 0L;
        foreach (var sanction in Sanctions.Of(room, userId, nowMs).Where(static sanction => sanction.Kind is SanctionKind.Timeout or SanctionKind.Kick or SanctionKind.Ban))
        {
            if (sanction.UntilMs is not { } untilMs)
                return null;
            fromMs = Math.Max(fromMs, untilMs);
        }

        return fromMs;
    }

    /// <summary>Whether others may vote after this.</summary>
    public static bool AreOthersAfter(RoomEvent happened) =>
        happened is RoomCreated or HostNamed or OwnerChanged or RoleGranted or RoleRevoked or InviteUsed or PermissionSet or SanctionApplied or SanctionLifted;

    /// <param name="electorate">As it was.</param>
    /// <param name="before">When each of those joined who were members then.</param>
    /// <param name="after">When each of those joined who are members now.</param>
    /// <param name="mayVoteFromMs">From when on a member may vote, as <see cref="FromMs"/>.</param>
    /// <param name="awayFromMs">From when on a member is away who does nothing more.</param>
    /// <param name="nowMs">Room time.</param>
    public static Electorate Follow(
        Electorate electorate,
        ImmutableDictionary<string, long> before,
        ImmutableDictionary<string, long> after,
        Func<string, long?> mayVoteFromMs,
        Func<string, long> awayFromMs,
        long nowMs)
    {
        if (ReferenceEquals(before, after))
            return electorate.At(nowMs);
        foreach (var userId in before.Keys.Where(userId => !after.ContainsKey(userId)))
            electorate = electorate.Without(userId);
        foreach (var (userId, joinedAtMs) in after)
        {
            if (!before.TryGetValue(userId, out var knownMs) || knownMs != joinedAtMs)
                electorate = mayVoteFromMs(userId) is { } fromMs ? electorate.With(userId, joinedAtMs, fromMs, awayFromMs(userId), nowMs) : electorate.Without(userId);
        }

        return electorate.At(nowMs);
    }
}
