using WhatsSound.Presence;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Who is out of a room though presence may be heard to say otherwise: who has left, until presence has told what it knew before that, and whom the room has sent out, until presence knows them no more or they come in
/// again. Bounded by the room's members.
/// </summary>
internal sealed class Absences
{
    private readonly Dictionary<string, long> _left = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sentOut = new(StringComparer.Ordinal);
    private readonly HashSet<string> _kicked = new(StringComparer.Ordinal);

    /// <summary>Whether the user was sent out, and presence is not known to have let go of them.</summary>
    public bool IsSentOut(string userId) => _sentOut.Contains(userId) || _kicked.Contains(userId);

    /// <summary>Whether the user was sent out by a sanction, which may be over or lifted by now, and has not come in again.</summary>
    public bool IsKicked(string userId) => _kicked.Contains(userId);

    /// <summary>Presence still has them, and the room says that they are out as long as it does; they are no member until they come in again.</summary>
    public void Kicked(string userId) => _kicked.Add(userId);

    /// <param name="userId">Who has left.</param>
    /// <param name="version">Up to where presence had told of its members then.</param>
    public void Left(string userId, long version)
    {
        _left[userId] = version;
        _kicked.Remove(userId);
    }

    public void SentOut(IEnumerable<string> userIds) => _sentOut.UnionWith(userIds);

    public void Entered(string userId)
    {
        _left.Remove(userId);
        _sentOut.Remove(userId);
        _kicked.Remove(userId);
    }

    /// <summary>Who is in by what presence tells.</summary>
    /// <param name="delta">What it tells.</param>
    /// <param name="left">Who of those that have left, by what it tells, has not entered since.</param>
    public List<string> Take(PresenceDelta delta, IReadOnlyCollection<string> left)
    {
        var joined = delta.Joined.Where(userId => !_sentOut.Contains(userId) && _left.GetValueOrDefault(userId, -1) < delta.Version).ToList();
        _sentOut.ExceptWith(left);
        _kicked.ExceptWith(left);
        foreach (var (userId, version) in _left)
        {
            if (version <= delta.Version)
                _left.Remove(userId);
        }

        return joined;
    }

    /// <summary>Who is in by what presence answers, which is of now.</summary>
    /// <param name="roster">Everybody whom presence knows.</param>
    public IEnumerable<RosterMember> Take(IReadOnlyCollection<RosterMember> roster)
    {
        _left.Clear();
        _sentOut.IntersectWith(roster.Select(static member => member.UserId));
        _kicked.IntersectWith(roster.Select(static member => member.UserId));
        return roster.Where(member => !_sentOut.Contains(member.UserId));
    }
}
