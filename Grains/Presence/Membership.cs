using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Presence;

/// <summary>
/// Who is in a channel. A member is a user with connections on any number of gateways; the first makes them join, and they are gone when the last left on
/// purpose, or was lost and the grace is over, or was held by a gateway that died. Bounded by <see cref="PresenceRules"/>: at a bound it refuses.
/// </summary>
internal sealed class Membership
{
    private readonly int _detailMax;
    private readonly long _graceMs;
    private readonly long _firstVersion;
    private readonly Dictionary<string, MemberState> _members = new(StringComparer.Ordinal);
    private readonly Queue<(MemberState Member, long EndMs)> _graces = new();
    private readonly Dictionary<Guid, int> _connectionCounts = [];
    private readonly Dictionary<Guid, ulong> _connectionDigests = [];
    private readonly HashSet<Guid> _doubted = [];
    private readonly PresenceTeller _teller;
    private readonly PresenceSample _sample;
    private long _ordinal;
    private ImmutableHashSet<string> _hosts = [];

    /// <param name="detailMax">Up to how many members are told one by one.</param>
    /// <param name="grace">How long a member whose last connection was lost still counts.</param>
    /// <param name="nowMs">The version starts from the time: ticks are fewer than milliseconds, so it also grows over activations.</param>
    public Membership(int detailMax, TimeSpan grace, long nowMs)
    {
        _detailMax = detailMax;
        _graceMs = (long)grace.TotalMilliseconds;
        _firstVersion = nowMs;
        _teller = new(this, detailMax, _firstVersion);
        _sample = new(_members.Values, IsHost);
    }

    /// <summary>Goes on where another silo left off.</summary>
    public Membership(int detailMax, TimeSpan grace, MembershipMemory memory)
        : this(detailMax, grace, memory.FirstVersion)
    {
        _teller.Resume(memory);
        _hosts = memory.Hosts.ToImmutableHashSet(StringComparer.Ordinal);
        _doubted.UnionWith(memory.Doubted);
        foreach (var one in memory.Members)
        {
            var member = MemberState.Of(one);
            _members.Add(one.UserId, member);
            foreach (var connection in one.Connections)
                Hold(member, connection.ToConnection(one));
        }

        foreach (var member in _members.Values.Where(member => member.GraceEndMs is not null).OrderBy(member => member.GraceEndMs))
            _graces.Enqueue((member, member.GraceEndMs!.Value));
    }

    /// <summary>The gateways that hold a connection here.</summary>
    public IEnumerable<Guid> Gateways => _connectionCounts.Keys;

    /// <summary>How many users are here.</summary>
    public int Total => _members.Count;

    /// <summary>When something is to be told or somebody's grace ends; null while nothing is pending.</summary>
    public long? DueMs
    {
        get
        {
            var dueMs = Math.Min(_teller.DueMs ?? long.MaxValue, _graces.TryPeek(out var first) ? first.EndMs : long.MaxValue);
            return dueMs == long.MaxValue ? null : dueMs;
        }
    }

    /// <summary>Enters a connection. Null, or why it is refused.</summary>
    public Refusal? Enter(PresenceEntry entry, long nowMs)
    {
        var member = _members.GetValueOrDefault(entry.UserId);
        if (member is null && _members.Count >= PresenceRules.MembersMax)
            return Refusals.Limit(RefusalCode.ConnectionLimit, "The channel has as many members as it takes.", PresenceRules.MembersMax);
        if (member?.Connections.Count >= PresenceRules.ConnectionsPerMemberMax && !member.Connections.ContainsKey(entry.ConnectionId))
            return Refusals.Limit(RefusalCode.ConnectionLimit, "The user has as many connections here as allowed.", PresenceRules.ConnectionsPerMemberMax);

        if (member is null || member.Info != entry.Info || member.DisplayName != entry.DisplayName)
            _teller.Note(entry.UserId, nowMs);
        if (member is null)
            _members.Add(entry.UserId, member = new(entry.UserId, nowMs));
        member.ActiveAtMs = nowMs;
        member.GraceEndMs = null;
        Hold(member, new(entry, ++_ordinal));
        return null;
    }

    /// <summary>Takes a connection out. An unknown one changes nothing.</summary>
    public void Leave(PresenceExit exit, long nowMs)
    {
        if (!_members.TryGetValue(exit.UserId, out var member) || !member.Connections.ContainsKey(exit.ConnectionId))
            return;

        // The one that goes may be the one that is shown.
        _teller.Note(exit.UserId, nowMs);
        Release(member, exit.ConnectionId);
        if (member.Connections.Count > 0)
            return;
        if (exit.Abrupt)
            StartGrace(member, nowMs);
        else
            Remove(member, nowMs);
    }

    /// <summary>The gateway is dead: its lease was grace enough, so a member it alone held is gone now.</summary>
    public void DropGateway(Guid gatewayId, long nowMs)
    {
        _doubted.Remove(gatewayId);
        foreach (var member in MembersOf(gatewayId))
        {
            _teller.Note(member.UserId, nowMs);
            ReleaseAll(member, connection => connection.GatewayId == gatewayId);
            if (member.Connections.Count == 0)
                Remove(member, nowMs);
        }
    }

    /// <summary>
    /// Whether the connections of the gateway that are known here are those that it names, by their count and digest. If not, the gateway enters all of them
    /// again; those that it then did not enter, though the rest are those that it names, are ones that it lost without a word. Cost: constant while they agree.
    /// </summary>
    public bool Confirm(GatewayLease lease, long nowMs)
    {
        var gatewayId = lease.GatewayId;
        var isKnown = Fits(lease, _connectionCounts.GetValueOrDefault(gatewayId), _connectionDigests.GetValueOrDefault(gatewayId));
        if (isKnown && !_doubted.Contains(gatewayId))
            return true;

        var members = MembersOf(gatewayId);
        if (!isKnown && HasConfirmed(members, lease))
        {
            Lose(members, connection => connection.GatewayId == gatewayId && !connection.IsConfirmed, nowMs);
            isKnown = true;
        }

        foreach (var member in members)
            Mark(member, gatewayId, isConfirmed: isKnown);
        if (isKnown)
            _doubted.Remove(gatewayId);
        else
            _doubted.Add(gatewayId);
        return isKnown;
    }

    /// <summary>Names the members that come first in a sample.</summary>
    public void SetHosts(ImmutableArray<string> userIds, long nowMs)
    {
        var hosts = userIds.ToImmutableHashSet(StringComparer.Ordinal);
        foreach (var userId in hosts.SymmetricExcept(_hosts).Where(_members.ContainsKey))
            _teller.Note(userId, nowMs);
        _hosts = hosts;
        _sample.Forget();
    }

    /// <summary>A member did something.</summary>
    public void Touch(string userId, long nowMs)
    {
        if (_members.TryGetValue(userId, out var member))
            member.ActiveAtMs = nowMs;
    }

    /// <summary>Ends the graces that are over, and takes what is due to be told.</summary>
    /// <param name="nowMs">Now, room time.</param>
    /// <param name="isLast">Whether the channel goes: then all changes are due.</param>
    public PresenceTick Tick(long nowMs, bool isLast = false)
    {
        while (_graces.TryPeek(out var next) && next.EndMs <= nowMs)
        {
            var (member, endMs) = _graces.Dequeue();
            if (member.GraceEndMs == endMs)
                Remove(member, nowMs);
        }

        return _teller.Tick(nowMs, isLast);
    }

    /// <summary>Who is here now, at a position of the channel.</summary>
    public PresenceView View(Position position, long nowMs)
    {
        var isComplete = Total <= _detailMax;
        _teller.Show();
        return new()
        {
            Total = Total,
            Members = isComplete ? Everybody() : Sample(nowMs).Sample,
            IsComplete = isComplete,
            ActiveLastMinute = Sample(nowMs).ActiveLastMinute,
            Position = position,
            Version = _teller.Version,
        };
    }

    /// <summary>Everybody, for a watcher that knows a version. What has changed since that version but was not told yet will be told.</summary>
    public PresenceRoster Roster(long knownVersion)
    {
        if (knownVersion == _teller.Version)
            return new() { Version = knownVersion, FirstVersion = _firstVersion, IsUnchanged = true, Members = [] };
        _teller.Show();
        return new()
        {
            Version = _teller.Version,
            FirstVersion = _firstVersion,
            IsUnchanged = false,
            Members = [.. ByJoining().Select(member => new RosterMember { UserId = member.UserId, JoinedAtMs = member.JoinedAtMs })],
        };
    }

    /// <summary>How a user is shown; null: not here.</summary>
    public PresenceMember? Find(string userId) => _members.TryGetValue(userId, out var member) ? Show(member) : null;

    /// <summary>All, by the time they joined.</summary>
    public ImmutableArray<PresenceMember> Everybody() => [.. ByJoining().Select(Show)];

    /// <summary>A few, and how many were active lately.</summary>
    public PresenceSummary Sample(long nowMs)
    {
        var (members, activeCount) = _sample.Read(nowMs);
        return new() { Sample = [.. members.Where(member => _members.ContainsKey(member.UserId)).Select(Show)], ActiveLastMinute = activeCount };
    }

    /// <summary>About how many bytes its memory takes.</summary>
    public long EstimateBytes() => _members.Values.Sum(member => 256L + member.Info.Length);

    /// <summary>All of it, for another silo. Nothing but a summary must wait to be told.</summary>
    public MembershipMemory ToMemory() => _teller.Describe(new()
    {
        FirstVersion = _firstVersion,
        Version = _teller.Version,
        Members = [.. _members.Values.Select(member => member.ToMemory())],
        Hosts = [.. _hosts],
        Doubted = [.. _doubted],
        IsInSummary = false,
        NextSummaryMs = 0,
        IsSummaryDue = false,
    });

    private IEnumerable<MemberState> ByJoining() =>
        _members.Values.OrderBy(member => member.JoinedAtMs).ThenBy(member => member.UserId, StringComparer.Ordinal);

    private PresenceMember Show(MemberState member) => member.Show(IsHost(member));

    private bool IsHost(MemberState member) => _hosts.Contains(member.UserId);

    private void Hold(MemberState member, MemberConnection connection)
    {
        var (entry, gatewayId) = (connection.Entry, connection.GatewayId);
        Release(member, entry.ConnectionId);
        member.Hold(connection);
        _ordinal = Math.Max(_ordinal, connection.Ordinal);
        _connectionCounts[gatewayId] = _connectionCounts.GetValueOrDefault(gatewayId) + 1;
        _connectionDigests[gatewayId] = _connectionDigests.GetValueOrDefault(gatewayId) ^ ConnectionDigest.Of(member.UserId, entry.ConnectionId);
    }

    private void Release(MemberState member, string connectionId)
    {
        if (!member.Release(connectionId, out var connection))
            return;
        _connectionDigests[connection.GatewayId] ^= ConnectionDigest.Of(member.UserId, connectionId);
        if (--_connectionCounts[connection.GatewayId] == 0)
        {
            _connectionCounts.Remove(connection.GatewayId);
            _connectionDigests.Remove(connection.GatewayId);
        }
    }

    private void ReleaseAll(MemberState member, Func<MemberConnection, bool> isGone)
    {
        foreach (var connectionId in member.Connections.Where(pair => isGone(pair.Value)).Select(pair => pair.Key).ToList())
            Release(member, connectionId);
    }

    private void Remove(MemberState member, long nowMs)
    {
        _teller.Note(member.UserId, nowMs);
        member.GraceEndMs = null;
        _members.Remove(member.UserId);
    }

    private void StartGrace(MemberState member, long nowMs)
    {
        // All graces have the same length, so they end in the order in which they start. One that was cut short stays queued and is passed over.
        member.GraceEndMs = nowMs + _graceMs;
        _graces.Enqueue((member, nowMs + _graceMs));
    }

    private void Lose(List<MemberState> members, Func<MemberConnection, bool> isLost, long nowMs)
    {
        foreach (var member in members)
        {
            _teller.Note(member.UserId, nowMs);
            ReleaseAll(member, isLost);
            if (member.Connections.Count == 0)
                StartGrace(member, nowMs);
        }
    }

    private List<MemberState> MembersOf(Guid gatewayId) =>
        [.. _members.Values.Where(member => member.Connections.Values.Any(connection => connection.GatewayId == gatewayId))];

    private static bool Fits(GatewayLease lease, int count, ulong digest) =>
        count == lease.ConnectionCount && (digest == lease.ConnectionDigest || lease.ConnectionDigest == 0);

    private static bool HasConfirmed(List<MemberState> members, GatewayLease lease)
    {
        var count = 0;
        var digest = 0UL;
        foreach (var member in members)
        {
            foreach (var (connectionId, connection) in member.Connections)
            {
                if (connection.GatewayId != lease.GatewayId || !connection.IsConfirmed)
                    continue;
                count++;
                digest ^= ConnectionDigest.Of(member.UserId, connectionId);
            }
        }

        return Fits(lease, count, digest);
    }

    private static void Mark(MemberState member, Guid gatewayId, bool isConfirmed)
    {
        foreach (var connection in member.Connections.Values.ToList())
        {
            if (connection.GatewayId == gatewayId && connection.IsConfirmed != isConfirmed)
                member.Hold(connection with { IsConfirmed = isConfirmed });
        }
    }
}
