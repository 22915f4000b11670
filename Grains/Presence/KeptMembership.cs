using WhatsSound.Publications;

namespace WhatsSound.Grains.Presence;

/// <summary>What of a channel's members is kept in the database, and how a channel begins with it.</summary>
internal static class KeptMembership
{
    /// <summary>About so many bytes: a hundred members with the largest infos. It is written again every two seconds while they come and go.</summary>
    public const long BytesMax = 256 * 1024;

    /// <summary>About what a member takes without connections and info.</summary>
    private const int NameBytes = 192;

    /// <summary>
    /// All of it, if it fits. If not, of the members who joined first only who they are: they have a lease to be entered again, which also brings what they show.
    /// </summary>
    public static MembershipMemory Of(MembershipMemory memory)
    {
        if (memory.Members.Sum(BytesOf) <= BytesMax)
            return memory;
        return memory with
        {
            AreConnectionsTold = false,
            Members =
            [
                .. memory.Members
                    .OrderBy(static member => member.JoinedAtMs)
                    .Take((int)(BytesMax / NameBytes))
                    .Select(static member => member with { Connections = [], Lost = [], Info = default(Payload) }),
            ],
        };
    }

    /// <summary>
    /// What a channel begins with after a crash or a rest. Whoever held the members may be alive or not: gateways have a lease to say so, and members whose connections
    /// are not known have as long to come back; the grace of those who were lost begins anew.
    /// </summary>
    public static MembershipMemory Begin(MembershipMemory kept, TimeSpan grace, TimeSpan lease, long nowMs) => kept with
    {
        FirstVersion = nowMs,
        Version = nowMs,
        Members = [.. kept.Members.Select(member => Begin(member, grace, lease, nowMs))],
    };

    private static MemberMemory Begin(MemberMemory member, TimeSpan grace, TimeSpan lease, long nowMs)
    {
        var lost = member.Lost.IsDefaultOrEmpty ? [] : member.Lost.Select(connection => connection with { LostUntilMs = nowMs + (long)grace.TotalMilliseconds });
        return member with
        {
            GraceEndMs = member.Connections.IsEmpty ? nowMs + (long)(member.GraceEndMs is null ? lease : grace).TotalMilliseconds : member.GraceEndMs,
            Lost = [.. lost],
        };
    }

    /// <summary>
    /// Without the connections of a gateway that is gone for certain. Who has no other was lost with it, and has their grace to come back.
    /// </summary>
    public static MembershipMemory Without(Guid gatewayId, MembershipMemory kept) => kept with
    {
        Members = [.. kept.Members.Select(member => member.Connections.Any(connection => connection.GatewayId == gatewayId) ? Without(gatewayId, member) : member)],
    };

    private static MemberMemory Without(Guid gatewayId, MemberMemory member)
    {
        var others = member.Connections.RemoveAll(connection => connection.GatewayId == gatewayId);
        var lost = member.Connections.RemoveAll(connection => connection.GatewayId != gatewayId);
        return member with { Connections = others, GraceEndMs = others.IsEmpty ? 0 : null, Lost = member.Lost.IsDefaultOrEmpty ? lost : member.Lost.AddRange(lost) };
    }

    private static long BytesOf(MemberMemory member) =>
        NameBytes + member.Info.Length + member.Connections.Concat(member.Lost.IsDefault ? [] : member.Lost).Sum(static connection => 160L + connection.Info.Length);
}
