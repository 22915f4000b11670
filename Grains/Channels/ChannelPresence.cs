using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Grains.Presence;
using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>Who is in a channel, and which grains are told of it. A channel whose rule has no presence has nobody in it.</summary>
internal sealed class ChannelPresence
{
    private readonly PresenceWatchers _watchers = new();
    private readonly Membership? _membership;
    private readonly MembersKeeper? _keeper;
    private readonly ChannelInstruments _instruments;
    private int _membersCounted;

    /// <param name="rule">Whether there is presence, and its bounds.</param>
    /// <param name="moved">What the channel had on the silo that it left; null: it was on none.</param>
    /// <param name="kept">Who was there when it was somewhere last; null: nobody, or that is not known.</param>
    /// <param name="keeper">Keeps the members; null: there is no presence.</param>
    /// <param name="nowMs">Now, room time.</param>
    /// <param name="instruments">Counts the members.</param>
    public ChannelPresence(
        ChannelRule rule, ChannelMemory? moved, MembershipMemory? kept, MembersKeeper? keeper, long nowMs, ChannelInstruments instruments)
    {
        _instruments = instruments;
        _keeper = keeper;
        if (!rule.Presence)
            return;
        if (moved?.Membership is { } memory)
            _membership = new(rule.PresenceDetailMax, rule.PresenceGrace, memory);
        else if (kept is not null)
            _membership = new(rule.PresenceDetailMax, rule.PresenceGrace, KeptMembership.Begin(kept, rule.PresenceGrace, rule.PresenceLease, nowMs));
        else
            _membership = new(rule.PresenceDetailMax, rule.PresenceGrace, nowMs);
        foreach (var watcher in moved?.Watchers ?? [])
            _watchers.Add(watcher);
    }

    /// <inheritdoc cref="Membership.Follow"/>
    public void Follow(ChannelRule rule) => _membership?.Follow(rule.PresenceDetailMax, rule.PresenceGrace);

    /// <summary>When something is to be told or kept, or somebody's grace ends; null while nothing is pending.</summary>
    public long? DueMs => _keeper?.DueMs is { } keepMs && !(_membership?.DueMs < keepMs) ? keepMs : _membership?.DueMs;

    /// <summary>The gateways that hold a connection here.</summary>
    public IEnumerable<Guid> Gateways => _membership?.Gateways ?? [];

    /// <summary>The gateways whose connections have changed since this was asked last.</summary>
    public IReadOnlyList<Guid> TakeChangedGateways() => _membership?.TakeChangedGateways() ?? [];

    /// <summary>How many users are here, and by how many connections.</summary>
    public (int Users, int Connections) Counts => (_membership?.Total ?? 0, _membership?.ConnectionsCount ?? 0);

    public ImmutableArray<IPresenceWatcher> Watchers => _watchers.All;

    /// <summary>Enters a connection. Null, or why it is refused: PRESENCE_DISABLED, BAD_REQUEST, CONNECTION_LIMIT.</summary>
    public Refusal? Enter(PresenceEntry entry, long nowMs)
    {
        if (_membership is null)
            return Refusals.Final(RefusalCode.PresenceDisabled, "The channel has no presence.");
        return PresenceRules.Check(entry) ?? _membership.Enter(entry, nowMs);
    }

    public void Leave(PresenceExit exit, long nowMs) => _membership?.Leave(exit, nowMs);

    /// <summary>Whether a user is gone who was here.</summary>
    public PresenceDeparture DepartureOf(string userId) => new() { HasLeft = _membership?.IsMember(userId) != true, Version = _membership?.Version ?? 0 };

    public void DropGateways(IEnumerable<Guid> gatewayIds, long nowMs) => _membership?.DropGateways(gatewayIds, nowMs);

    public void SetHosts(ImmutableArray<string> userIds, long nowMs) => _membership?.SetHosts(userIds, nowMs);

    /// <summary>The publisher did something. Only users are members: what else publishes may have a user's name.</summary>
    public void Touch(PublishRequest request, long nowMs)
    {
        if (RequestId.Of(request) is { Kind: PublisherKind.User, Publisher: { } userId })
            _membership?.Touch(userId, nowMs);
    }

    /// <summary>Users did something elsewhere.</summary>
    public void Touch(ImmutableArray<string> userIds, long nowMs)
    {
        foreach (var userId in userIds)
            _membership?.Touch(userId, nowMs);
    }

    /// <summary>Whether the connections of the gateway that are known here are those that it names.</summary>
    public bool Agree(GatewayLease lease) => _membership?.Agree(lease) ?? lease.ConnectionCount == 0;

    /// <summary>Makes the gateway's connections what its page says.</summary>
    public PresenceRollAnswer Reconcile(PresenceRoll page, long nowMs) =>
        _membership?.Reconcile(page, nowMs) ?? new() { Refused = [.. page.Entries.Select(static entry => entry.ConnectionId)] };

    /// <summary>Who is here, at the channel's head.</summary>
    public PresenceView View(Position head, long nowMs) =>
        _membership?.Reading.View(head, nowMs)
        ?? new() { Total = 0, Members = [], IsComplete = true, ActiveLastMinute = 0, Position = head, Version = 0 };

    /// <summary>As <see cref="View"/>, with a page of connections in place of members.</summary>
    public PresenceView ViewConnections(string? after, Position head, long nowMs) =>
        _membership?.Reading.ViewConnections(_membership.Connections(after), head, nowMs) ?? View(head, nowMs);

    /// <summary>Tells the watcher of every change from now on; answers everybody, for a watcher that knows a version.</summary>
    public PresenceRoster Watch(IPresenceWatcher watcher, long knownVersion)
    {
        _watchers.Add(watcher);
        return _membership?.Reading.Roster(knownVersion) ?? new() { Version = 0, FirstVersion = 0, IsUnchanged = knownVersion == 0, Members = [] };
    }

    /// <summary>Takes what is due to be told; all changes, if the channel goes.</summary>
    public PresenceTick Tick(long nowMs, bool isLast)
    {
        if (_membership is null)
            return new([]);
        var tick = _membership.Tick(nowMs, isLast);
        Count(_membership.Total);
        return tick;
    }

    /// <summary>Keeps the members, if that is due.</summary>
    public void KeepIfDue(long nowMs)
    {
        if (_membership is not null)
            _keeper?.KeepIfDue(_membership, nowMs);
    }

    /// <summary>
    /// Keeps the members as they are now. False: they could not be kept, so the numbering, which told of them, must not go on: one who left before their gateway
    /// entered them again would stay forever with whoever was told that nothing is missed.
    /// </summary>
    public async Task<bool> TryKeepLastAsync(long nowMs) =>
        _membership is null || _keeper is null || await _keeper.TryKeepLastAsync(_membership, nowMs);

    /// <summary>Done once the watchers' calls are on their way.</summary>
    public Task TellWatchersAsync(PresenceDelta delta) => _watchers.TellAsync(delta);

    /// <summary>The channel goes: its members are not this silo's any more.</summary>
    public void Uncount() => Count(0);

    /// <summary>About how many bytes its memory takes.</summary>
    public long EstimateBytes() => _membership?.EstimateBytes() ?? 0;

    /// <summary>All of it, for another silo; null: the channel has no presence.</summary>
    public MembershipMemory? ToMemory(long nowMs) => _membership?.ToMemory(nowMs);

    private void Count(int members)
    {
        _instruments.MembersChanged(members - _membersCounted);
        _membersCounted = members;
    }
}
