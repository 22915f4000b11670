using WhatsSound.Channels;
using WhatsSound.Presence;

namespace WhatsSound.Grains.Presence;

/// <summary>Which connections each gateway holds in a channel. Bounded by the members and their connections.</summary>
internal sealed class GatewayConnections
{
    private readonly Dictionary<Guid, Dictionary<ConnectionName, MemberConnection>> _held = [];

    private readonly HashSet<Guid> _changed = [];

    /// <summary>The gateways that hold any.</summary>
    public IEnumerable<Guid> Gateways => _held.Keys;

    /// <summary>How many connections there are, of all gateways.</summary>
    public int Count { get; private set; }

    public IReadOnlyCollection<MemberConnection> Of(Guid gatewayId) =>
        _held.TryGetValue(gatewayId, out var held) ? held.Values : [];

    public void Add(MemberConnection connection)
    {
        if (!_held.TryGetValue(connection.Entry.GatewayId, out var held))
            _held.Add(connection.Entry.GatewayId, held = []);
        Count += held.ContainsKey(connection.Name) ? 0 : 1;
        held[connection.Name] = connection;
        _changed.Add(connection.Entry.GatewayId);
    }

    public void Remove(MemberConnection connection)
    {
        var held = _held[connection.Entry.GatewayId];
        Count -= held.Remove(connection.Name) ? 1 : 0;
        _changed.Add(connection.Entry.GatewayId);
        if (held.Count == 0)
            _held.Remove(connection.Entry.GatewayId);
    }

    /// <summary>The gateways whose connections have changed since this was asked last.</summary>
    public IReadOnlyList<Guid> TakeChanged()
    {
        if (_changed.Count == 0)
            return [];
        Guid[] changed = [.. _changed];
        _changed.Clear();
        return changed;
    }

    /// <summary>Whether the settled connections of the gateway that are known here are those that it names.</summary>
    public bool Agree(GatewayLease lease)
    {
        var held = Of(lease.GatewayId);
        if (lease.Connections is not { } named)
            return held.Count == lease.ConnectionCount;
        var unsettled = NamesIn(named.Unsettled);
        var count = 0;
        var digest = 0UL;
        foreach (var connection in held)
        {
            if (connection.Entry.Sequence > named.UpTo || unsettled.Contains(connection.Entry.ConnectionId))
                continue;
            count++;
            digest ^= connection.Digest;
        }

        return count == named.Count && digest == named.Digest;
    }

    /// <summary>The connections on whose numbers the page speaks, and that it does not name.</summary>
    public IReadOnlyList<MemberConnection> MissingIn(PresenceRoll page)
    {
        var spoken = NamesIn(page.Unsettled);
        spoken.UnionWith(page.Entries.Select(static entry => entry.ConnectionId));
        return [.. Of(page.GatewayId).Where(connection => page.After < connection.Entry.Sequence && connection.Entry.Sequence <= page.UpTo && !spoken.Contains(connection.Entry.ConnectionId))];
    }

    // An older program leaves the list out.
    private static HashSet<string> NamesIn(System.Collections.Immutable.ImmutableArray<string> ids) =>
        ids.IsDefaultOrEmpty ? [] : new(ids, StringComparer.Ordinal);
}
