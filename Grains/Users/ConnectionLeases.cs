using System.Collections.Immutable;
using WhatsSound.Users;

namespace WhatsSound.Grains.Users;

/// <summary>A user's connections, each until its gateway has not spoken of it for a lease. Bounded by the options; immutable.</summary>
internal sealed record ConnectionLeases(UserOptions Options)
{
    private ImmutableArray<Held> Connections { get; init; } = [];

    /// <summary>After leases ran out.</summary>
    public ConnectionLeases At(DateTimeOffset now) => this with { Connections = Connections.RemoveAll(held => held.Until <= now) };

    /// <summary>Null: there is no room for another connection.</summary>
    public ConnectionLeases? Connect(UserConnection connection, DateTimeOffset now)
    {
        var current = At(now);
        var index = current.IndexOf(connection.ConnectionId);
        var held = new Held(connection, now + Options.Lease);
        if (index >= 0)
            return current with { Connections = current.Connections.SetItem(index, held) };
        return current.Connections.Length < Options.ConnectionsMax ? current with { Connections = current.Connections.Add(held) } : null;
    }

    public ConnectionLeases Disconnect(string connectionId) =>
        this with { Connections = Connections.RemoveAll(held => held.Connection.ConnectionId == connectionId) };

    /// <summary>What a gateway holds replaces what was known of it; a connection beyond the bound is left out.</summary>
    public ConnectionLeases Renew(Guid gatewayId, ImmutableArray<string> connectionIds, DateTimeOffset now)
    {
        var current = At(now);
        var kept = current.Connections.RemoveAll(held =>
            held.Connection.GatewayId == gatewayId && !connectionIds.Contains(held.Connection.ConnectionId, StringComparer.Ordinal));
        return connectionIds.Aggregate(current with { Connections = kept }, (leases, connectionId) =>
            leases.Connect(new UserConnection { ConnectionId = connectionId, GatewayId = gatewayId }, now) ?? leases);
    }

    public UserConnections ToView() => new() { Connections = [.. Connections.Select(held => held.Connection)] };

    private int IndexOf(string connectionId)
    {
        for (var i = 0; i < Connections.Length; i++)
        {
            if (Connections[i].Connection.ConnectionId == connectionId)
                return i;
        }

        return -1;
    }

    private sealed record Held(UserConnection Connection, DateTimeOffset Until);
}
