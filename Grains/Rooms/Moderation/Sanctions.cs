using System.Collections.Immutable;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Who may not do what: of each kind one for a user. Those that have ended are forgotten as others are added. None counts for the owner, as nobody could lift it: owners of before have some.</summary>
internal static class Sanctions
{
    public static Sanction? Find(Room room, string userId, SanctionKind kind, long nowMs)
    {
        if (!room.Sanctions.TryGetValue(userId, out var sanctions) || userId == room.OwnerUserId)
            return null;
        foreach (var sanction in sanctions)
        {
            if (sanction.Kind == kind && sanction.Counts(nowMs))
                return sanction;
        }

        return null;
    }

    /// <summary>Those of a user that count.</summary>
    public static IEnumerable<Sanction> Of(Room room, string userId, long nowMs) =>
        userId == room.OwnerUserId ? [] : room.Sanctions.GetValueOrDefault(userId, []).Where(sanction => sanction.Counts(nowMs));

    public static int Count(Room room, long nowMs) => room.Sanctions.Values.Sum(sanctions => sanctions.Count(sanction => sanction.Counts(nowMs)));

    /// <summary>Whether the user may not be in the room.</summary>
    public static bool IsOut(Room room, string userId, long nowMs) =>
        !room.Sanctions.IsEmpty && (Find(room, userId, SanctionKind.Ban, nowMs) ?? Find(room, userId, SanctionKind.Kick, nowMs)) is not null;

    /// <summary>Whether the user may run the room: who is under any sanction does not come to it by succession.</summary>
    public static bool IsInGoodStanding(Room room, string userId, long nowMs) => room.Sanctions.IsEmpty || !Of(room, userId, nowMs).Any();

    /// <summary>When the first of these users' sanctions ends; null: none does by itself.</summary>
    public static long? NextEndMs(Room room, IEnumerable<string> userIds, long nowMs) =>
        userIds.SelectMany(userId => Of(room, userId, nowMs)).Min(static sanction => sanction.UntilMs);

    public static ImmutableDictionary<string, ImmutableArray<Sanction>> With(Room room, string userId, Sanction added, long nowMs)
    {
        var counting = room.Sanctions;
        foreach (var (other, sanctions) in room.Sanctions)
        {
            if (sanctions.All(sanction => sanction.Counts(nowMs)))
                continue;
            var left = sanctions.RemoveAll(sanction => !sanction.Counts(nowMs));
            counting = left.IsEmpty ? counting.Remove(other) : counting.SetItem(other, left);
        }

        return counting.SetItem(userId, [.. counting.GetValueOrDefault(userId, []).Where(sanction => sanction.Kind != added.Kind), added]);
    }

    public static ImmutableDictionary<string, ImmutableArray<Sanction>> Without(Room room, string userId, SanctionKind kind)
    {
        var left = room.Sanctions.GetValueOrDefault(userId, []).RemoveAll(sanction => sanction.Kind == kind);
        return left.IsEmpty ? room.Sanctions.Remove(userId) : room.Sanctions.SetItem(userId, left);
    }
}
