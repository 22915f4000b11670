using WhatsSound.Publications;

namespace WhatsSound.Grains.Presence;

/// <summary>How much of a channel's members is kept in the database: it is written again every two seconds while they come and go.</summary>
internal static class KeptBounds
{
    /// <summary>About so many bytes: a hundred members with the largest infos.</summary>
    public const long BytesMax = 256 * 1024;

    /// <summary>About what a member takes without connections and info.</summary>
    private const int NameBytes = 192;

    /// <summary>
    /// All of it, if it fits. If not, of the members who joined first only who they are: they have a lease to be entered again, which also brings what they show.
    /// </summary>
    public static MembershipMemory Apply(MembershipMemory memory)
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

    private static long BytesOf(MemberMemory member) =>
        NameBytes + member.Info.Length + member.Connections.Sum(static connection => 160L + connection.Info.Length);
}
