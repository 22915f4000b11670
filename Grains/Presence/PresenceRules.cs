using WhatsSound.Presence;
using WhatsSound.Users;

namespace WhatsSound.Grains.Presence;

/// <summary>The bounds of presence, and which entries a channel takes.</summary>
internal static class PresenceRules
{
    /// <summary>The most connections of one member; a person has a few tabs and devices.</summary>
    public const int ConnectionsPerMemberMax = 32;

    /// <summary>The most members of one channel: about 25 MB of this silo's memory.</summary>
    public const int MembersMax = 50_000;

    /// <summary>How many members a summary shows.</summary>
    public const int SampleCount = 10;

    /// <summary>How long changes are collected: short to a person, long to a machine.</summary>
    public const long TickMs = 100;

    /// <summary>The least time between two summaries.</summary>
    public const long SummaryMs = 2_000;

    /// <summary>How old a sample may be: it takes a pass over all members, and everybody who enters gets one.</summary>
    public const long SampleAgeMs = 500;

    /// <summary>How long a member counts as active.</summary>
    public const long ActiveMs = 60_000;

    /// <summary>
    /// How long a member whose last connection said goodbye still counts: a page that is loaded again says it too, and is back within a second or two, or somewhat more on a slow line.
    /// </summary>
    public const long GoodbyeGraceMs = 5_000;

    /// <summary>
    /// The bound at which a newcomer is refused; null: there is a place. Members in their grace do not count, or a network that flaps would keep the living out; and
    /// since they get back in, there may be twice as many in all.
    /// </summary>
    public static int? FullAt(PresenceEntry newcomer, MemberList members)
    {
        var max = newcomer.MembersMax is > 0 and < MembersMax ? newcomer.MembersMax : MembersMax;
        return members.Count < max || (members.Count < 2 * max && members.ConnectedCount < max) ? null : max;
    }

    /// <summary>Null, or why the entry is refused whoever is here.</summary>
    public static Refusal? Check(PresenceEntry? entry)
    {
        if (entry is null)
            return Refusals.BadRequest("entry", "There is no entry.");
        if (!UserId.IsValid(entry.UserId))
            return Refusals.WrongField("userId", $"must be {UserId.Form}");
        if (entry.ConnectionId is not { Length: >= 1 and <= UserConnection.IdLengthMax })
            return Refusals.WrongField("connectionId", $"must have 1 to {UserConnection.IdLengthMax} characters");
        if (entry.SessionId is not (null or { Length: >= 1 and <= UserConnection.IdLengthMax }))
            return Refusals.WrongField("sessionId", $"must have 1 to {UserConnection.IdLengthMax} characters");
        if (entry.DisplayName is { Length: > DisplayName.LengthMax })
            return Refusals.WrongField("displayName", $"must have at most {DisplayName.LengthMax} characters");
        return entry.Info.Length > PresenceEntry.InfoBytesMax ? Refusals.WrongField("info", $"must have at most {PresenceEntry.InfoBytesMax:N0} bytes as JSON") : null;
    }
}
