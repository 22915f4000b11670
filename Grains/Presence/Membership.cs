using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Presence;

namespace WhatsSound.Grains.Presence;

/// <summary>
/// Who is in a channel. A member is a user with connections on any number of gateways; the first makes them join, and they are gone when the last left on
/// purpose, or was lost and the grace is over, a short one where it said goodbye, or was held by a gateway that died. Bounded by <see cref="PresenceRules"/>.
/// </summary>
internal sealed class Membership
{
    private long _graceMs;
    private readonly MemberList _members = new();
    private readonly GatewayConnections _connections = new();
    private readonly RecentExits _exits = new();
    private readonly PriorityQueue<MemberState, long> _graces = new();
    private readonly PriorityQueue<MemberConnection, long> _losses = new();
    private readonly PresenceTeller _teller;
    private readonly ConnectionTeller _connectionTeller;
    private long _ordinal;

    /// <param name="detailMax">Up to how many members are told one by one.</param>
    /// <param name="grace">How long a member whose last connection was lost still counts.</param>
    /// <param name="nowMs">The version starts from the time: ticks are fewer than milliseconds, so it also grows over activations.</param>
    public Membership(int detailMax, TimeSpan grace, long nowMs)
    {
        _graceMs = (long)grace.TotalMilliseconds;
        FirstVersion = nowMs;
        _teller = new(_members, detailMax, nowMs);
        _connectionTeller = new(_members, detailMax);
        Reading = new(_members, _teller, nowMs);
    }

    /// <summary>Goes on with what was known before: on another silo, or as it was kept.</summary>
    public Membership(int detailMax, TimeSpan grace, MembershipMemory memory)
        : this(detailMax, grace, memory.FirstVersion)
    {
        _teller.Resume(memory);
        _members.SetHosts(memory.Hosts.ToImmutableHashSet(StringComparer.Ordinal));
        foreach (var one in memory.Members)
        {
            var member = MemberState.Of(one);
            _members.Add(member);
            foreach (var connection in one.Connections)
                Hold(member, connection.ToConnection(one));
            foreach (var lost in one.Lost.IsDefault ? [] : one.Lost)
                KeepLost(member, lost.ToConnection(one));
            if (member.GraceEndMs is { } endMs)
                _graces.Enqueue(member, endMs);
        }

        foreach (var exit in memory.Exits.IsDefault ? [] : memory.Exits)
            _exits.Add(exit);
        _connectionTeller.Resume(memory.AreConnectionsTold);
    }

    /// <summary>The gateways that hold a connection here.</summary>
    public IEnumerable<Guid> Gateways => _connections.Gateways;

    /// <summary>The gateways whose connections have changed since this was asked last.</summary>
    public IReadOnlyList<Guid> TakeChangedGateways() => _connections.TakeChanged();

    /// <summary>Up to which version watchers were told.</summary>
    public long Version => _teller.Version;

    /// <summary>Whether the user is here, by a connection or in their grace.</summary>
    public bool IsMember(string userId) => _members.Find(userId) is not null;

    /// <summary>How many users are here.</summary>
    public int Total => _members.Count;

    /// <summary>By how many connections they are here.</summary>
    public int ConnectionsCount => _connections.Count;

    /// <summary>What is told to who asks.</summary>
    public PresenceReading Reading { get; }

    /// <summary>The version with which this memory began.</summary>
    public long FirstVersion { get; }

    /// <summary>Grows with every change of members, connections and hosts.</summary>
    public long Revision { get; private set; }

    /// <summary>The rule has other bounds from now on; a grace that has begun lasts as long as it was to.</summary>
    /// <param name="detailMax">Up to how many members are told one by one.</param>
    /// <param name="grace">How long a member whose last connection was lost still counts.</param>
    public void Follow(int detailMax, TimeSpan grace)
    {
        _graceMs = (long)grace.TotalMilliseconds;
        _teller.Pace.Follow(detailMax);
        _connectionTeller.Follow(detailMax);
    }

    /// <summary>When something is to be told or somebody's grace ends; null while nothing is pending.</summary>
    public long? DueMs
    {
        get
        {
            var graceMs = _graces.TryPeek(out _, out var endMs) ? endMs : (long?)null;
            var lossMs = _losses.TryPeek(out _, out var lostMs) ? lostMs : (long?)null;
            return Earlier(Earlier(graceMs, lossMs), Earlier(_teller.DueMs, _connectionTeller.DueMs));
        }
    }

    /// <summary>A page of the connections, as they were told.</summary>
    public ConnectionsPage Connections(string? after) => _connectionTeller.Page(after);

    /// <summary>
    /// Enters a connection. Null, or why it is refused. What was entered before, or with a higher number, stays as it is: the entry comes late, or again.
    /// </summary>
    public Refusal? Enter(PresenceEntry entry, long nowMs)
    {
        var name = new ConnectionName(entry.UserId, entry.ConnectionId);
        if (entry.Sequence > 0 && entry.Sequence <= _exits.SequenceOf(name))
            return Refusals.Retry(RefusalCode.NotReady, "The connection has left since.", TimeSpan.Zero);
        var member = _members.Find(entry.UserId);
        var held = member?.Connections.GetValueOrDefault(entry.ConnectionId);
        if (held is not null && entry.Sequence > 0 && entry.Sequence <= held.Entry.Sequence)
            return null;
        if (member is null && PresenceRules.FullAt(entry, _members) is { } membersMax)
            return Refusals.Limit(RefusalCode.ConnectionLimit, "The channel has as many members as it takes.", membersMax);

        // Before anything changes: the teller compares.
        var connection = new MemberConnection(entry, _ordinal + 1);
        _teller.Note(entry.UserId, nowMs);
        _connectionTeller.Note(connection.ShownName, nowMs);
        if (held is not null)
            _connectionTeller.Note(held.ShownName, nowMs);
        if (member is null)
            _members.Add(member = new(entry.UserId, _teller.StaysSinceMs(entry.UserId) ?? nowMs));
        else if (held is null && member.Connections.Count >= PresenceRules.ConnectionsPerMemberMax)
            Replace(member, nowMs);
        member.ActiveAtMs = nowMs;
        (member.GraceEndMs, member.SaidGoodbye) = (null, false);
        Hold(member, connection.After(member.FindShown(connection.ShownId), nowMs));
        return null;
    }

    /// <summary>Takes a connection out. One that is unknown changes nothing now, and will not be entered by what was sent before.</summary>
    public void Leave(PresenceExit exit, long nowMs)
    {
        var member = _members.Find(exit.UserId);
        var held = member?.Connections.GetValueOrDefault(exit.ConnectionId);
        if (exit.Sequence > 0 && exit.Sequence < held?.Entry.Sequence)
            return;
        _exits.Add(new(exit.UserId, exit.ConnectionId), Math.Max(exit.Sequence, held?.Entry.Sequence ?? 0), nowMs);
        if (held is not null)
            Take(member!, held, exit.Abrupt ? GraceMsOf(exit) : null, exit is { Abrupt: true, SaidGoodbye: true }, nowMs);
    }

    /// <summary>
    /// The gateways are dead: their leases were grace enough, so members whom they alone held are gone now, unless another connection of theirs is in its own grace; then they show what the newest did.
    /// </summary>
    public void DropGateways(IEnumerable<Guid> gatewayIds, long nowMs)
    {
        foreach (var connection in gatewayIds.SelectMany(_connections.Of).OrderBy(static connection => connection.Ordinal).ToList())
            Take(_members.Find(connection.Entry.UserId)!, connection, graceMs: 0, saidGoodbye: false, nowMs);
    }

    /// <summary>Whether the settled connections of the gateway that are known here are those that it names.</summary>
    public bool Agree(GatewayLease lease) => _connections.Agree(lease);

    /// <summary>Makes the gateway's connections what its page says. Those that it has lost without a word are lost.</summary>
    public PresenceRollAnswer Reconcile(PresenceRoll page, long nowMs)
    {
        foreach (var lost in _connections.MissingIn(page))
            Take(_members.Find(lost.Entry.UserId)!, lost, _graceMs, saidGoodbye: false, nowMs);
        return new() { Refused = [.. page.Entries.Where(entry => PresenceRules.Check(entry) is not null || Enter(entry, nowMs) is not null).Select(static entry => entry.ConnectionId)] };
    }

    /// <summary>Names the members that come first in a sample.</summary>
    public void SetHosts(ImmutableArray<string> userIds, long nowMs)
    {
        var hosts = userIds.ToImmutableHashSet(StringComparer.Ordinal);
        foreach (var userId in hosts.SymmetricExcept(_members.Hosts).Where(userId => _members.Find(userId) is not null))
            _teller.Note(userId, nowMs);
        Revision += hosts.SetEquals(_members.Hosts) ? 0 : 1;
        _members.SetHosts(hosts);
    }

    /// <summary>A member did something.</summary>
    public void Touch(string userId, long nowMs)
    {
        if (_members.Find(userId) is { } member)
            member.ActiveAtMs = nowMs;
    }

    /// <summary>Ends the graces that are over, and takes what is due to be told.</summary>
    /// <param name="nowMs">Now, room time.</param>
    /// <param name="isLast">Whether the channel goes: then all changes are due.</param>
    public PresenceTick Tick(long nowMs, bool isLast = false)
    {
        while (_losses.TryPeek(out var lost, out var lostUntilMs) && lostUntilMs <= nowMs)
        {
            _losses.Dequeue();
            // One that came back is shown as another.
            if (_members.Find(lost.Entry.UserId) is { } loser && ReferenceEquals(loser.FindShown(lost.ShownId), lost))
                Forget(loser, lost, nowMs);
        }

        while (_graces.TryPeek(out var member, out var endMs) && endMs <= nowMs)
        {
            _graces.Dequeue();
            // One that was cut short stays queued, and is passed over.
            if (member.GraceEndMs != endMs)
                continue;
            if (member.SaidGoodbye)
                _teller.NoteGoodbye(member.UserId);
            Remove(member, nowMs);
        }

        // Both in one tick: who is told of connections alone is told how many members there are, and must know of each of them by then.
        var isDue = isLast || DueMs <= nowMs;
        return _teller.Tick(nowMs, isDue) with { Connections = _connectionTeller.Tick(nowMs, isDue) };
    }

    /// <summary>About how many bytes its memory takes.</summary>
    public long EstimateBytes() => _members.All.Sum(static member => member.EstimateBytes()) + _exits.EstimateBytes();

    /// <summary>All of it, for another silo. Nothing but a summary must wait to be told.</summary>
    public MembershipMemory ToMemory(long nowMs) => ToKept() with { Exits = _exits.ToMemory(nowMs) };

    /// <summary>What of it the database keeps: all but the exits.</summary>
    public MembershipMemory ToKept() => new()
    {
        FirstVersion = FirstVersion,
        Version = _teller.Version,
        Members = [.. _members.All.Select(static member => member.ToMemory())],
        Hosts = [.. _members.Hosts],
        IsInSummary = _teller.Pace.IsInSummary,
        NextSummaryMs = _teller.Pace.NextMs,
        IsSummaryDue = _teller.Pace.IsDue,
        AreConnectionsTold = _connectionTeller.IsDetailed,
    };

    private void Hold(MemberState member, MemberConnection connection)
    {
        if (member.Connections.TryGetValue(connection.Entry.ConnectionId, out var former))
            _connections.Remove(former);
        member.Hold(connection);
        _connections.Add(connection);
        _ordinal = Math.Max(_ordinal, connection.Ordinal);
        Revision++;
    }

    /// <summary>The connection that entered first gives its place to another, and is not entered again by what was sent before.</summary>
    private void Replace(MemberState member, long nowMs)
    {
        var first = member.Connections.Values.MinBy(static connection => connection.Ordinal)!;
        _exits.Add(first.Name, first.Entry.Sequence, nowMs);
        _connectionTeller.Note(first.ShownName, nowMs);
        Release(member, first);
    }

    private long GraceMsOf(PresenceExit exit) => exit.SaidGoodbye ? Math.Min(PresenceRules.GoodbyeGraceMs, _graceMs) : _graceMs;

    /// <param name="member">Whose it is.</param>
    /// <param name="connection">The connection that is gone.</param>
    /// <param name="graceMs">How long it may come back; null: it left on purpose, and the member with it if it was the last.</param>
    /// <param name="saidGoodbye">Whether it was expected to go.</param>
    /// <param name="nowMs">Now, room time.</param>
    private void Take(MemberState member, MemberConnection connection, long? graceMs, bool saidGoodbye, long nowMs)
    {
        _teller.Note(member.UserId, nowMs);
        _connectionTeller.Note(connection.ShownName, nowMs);
        Release(member, connection);

        // One that was cut off before may still come back.
        var untilMs = nowMs + (graceMs ?? 0);
        var endMs = Math.Max(untilMs, member.Lost.Max(static lost => lost.LostUntilMs) ?? 0);
        if (graceMs > 0)
            KeepLost(member, connection with { LostUntilMs = untilMs });
        if (member.Connections.Count > 0)
            return;
        if (graceMs is null || endMs <= nowMs)
        {
            Remove(member, nowMs);
            return;
        }

        (member.GraceEndMs, member.SaidGoodbye) = (endMs, saidGoodbye && endMs == untilMs);
        _graces.Enqueue(member, endMs);
    }

    private void Release(MemberState member, MemberConnection connection)
    {
        member.Release(connection.Entry.ConnectionId);
        _connections.Remove(connection);
        Revision++;
    }

    private void KeepLost(MemberState member, MemberConnection connection)
    {
        if (!member.TryKeepLost(connection, PresenceRules.ConnectionsPerMemberMax))
            return;
        _losses.Enqueue(connection, connection.LostUntilMs ?? 0);
        _ordinal = Math.Max(_ordinal, connection.Ordinal);
    }

    private void Forget(MemberState member, MemberConnection lost, long nowMs)
    {
        _connectionTeller.Note(lost.ShownName, nowMs);
        member.Forget(lost.ShownId);
        Revision++;
    }

    private void Remove(MemberState member, long nowMs)
    {
        _teller.Note(member.UserId, nowMs);
        foreach (var shownId in member.ShownIds.ToList())
            _connectionTeller.Note(new(member.UserId, shownId), nowMs);
        member.GraceEndMs = null;
        _members.Remove(member);
        Revision++;
    }

    private static long? Earlier(long? one, long? other) => one < other ? one : other ?? one;
}
