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
            Members =
            [
                .. memory.Members
                    .OrderBy(static member => member.JoinedAtMs)
                    .Take((int)(BytesMax / NameBytes))
                    .Select(static member => member with { Connections = [], Info = default(Payload) }),
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
        Members = [.. kept.Members.Select(member => member.Connections.IsEmpty
            ? member with { GraceEndMs = nowMs + (long)(member.GraceEndMs is null ? lease : grace).TotalMilliseconds }
            : member)],
    };

    private static long BytesOf(MemberMemory member) =>
        NameBytes + member.Info.Length + member.Connections.Sum(static connection => 160L + connection.Info.Length);
}
