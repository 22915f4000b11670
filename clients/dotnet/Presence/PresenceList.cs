namespace WhatsSound.Client;

/// <summary>Members in the order in which they came.</summary>
internal static class PresenceList
{
    /// <summary>The members after a change; while a channel has too many to list, the sample that stands for them.</summary>
    public static IReadOnlyList<PresenceMember> After(IReadOnlyList<PresenceMember> members, PresenceChanged change)
    {
        if (change.Summary is { } summary)
            return summary.Sample;
        var after = ById(change.IsComplete ? [] : members);
        foreach (var userId in change.Left)
            after.Remove(userId);
        foreach (var member in change.Joined.Concat(change.Updated))
            after[member.UserId] = member;
        return ByArrival(after.Values);
    }

    public static Dictionary<string, PresenceMember> ById(IEnumerable<PresenceMember> members)
    {
        var byId = new Dictionary<string, PresenceMember>(StringComparer.Ordinal);
        foreach (var member in members)
            byId[member.UserId] = member;
        return byId;
    }

    public static IReadOnlyList<PresenceMember> ByArrival(IEnumerable<PresenceMember> members) =>
        [.. members.OrderBy(member => member.JoinedAtMs).ThenBy(member => member.UserId, StringComparer.Ordinal)];
}
