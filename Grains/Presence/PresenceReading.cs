using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Presence;

/// <summary>What of a channel's members is told to who asks. What has changed and was not told yet will be told, also to who has just been answered.</summary>
internal sealed class PresenceReading(MemberList members, PresenceTeller teller, long firstVersion)
{
    /// <summary>Who is here now, at a position of the channel.</summary>
    public PresenceView View(Position position, long nowMs)
    {
        var isComplete = members.Count <= teller.Pace.DetailMax;
        var summary = members.Summarize(nowMs);
        teller.Show();
        return new()
        {
            Total = members.Count,
            Members = isComplete ? members.ShowAll() : summary.Sample,
            IsComplete = isComplete,
            ActiveLastMinute = summary.ActiveLastMinute,
            Position = position,
            Version = teller.Version,
        };
    }

    /// <summary>A page of connections at a position of the channel; what is told after that continues it.</summary>
    public PresenceView ViewConnections(ConnectionsPage page, Position position, long nowMs) => new()
    {
        Total = members.Count,
        Members = [],
        IsComplete = members.Count == 0,
        ActiveLastMinute = members.Summarize(nowMs).ActiveLastMinute,
        Position = position,
        Version = teller.Version,
        Connections = page,
    };

    /// <summary>Everybody, for a watcher that knows a version.</summary>
    public PresenceRoster Roster(long knownVersion)
    {
        if (knownVersion == teller.Version)
            return new() { Version = knownVersion, FirstVersion = firstVersion, IsUnchanged = true, Members = [] };
        teller.Show();
        return new()
        {
            Version = teller.Version,
            FirstVersion = firstVersion,
            IsUnchanged = false,
            Members = [.. members.ByJoining().Select(static member => new RosterMember { UserId = member.UserId, JoinedAtMs = member.JoinedAtMs })],
        };
    }
}
