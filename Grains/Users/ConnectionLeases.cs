using System.Collections.Immutable;
using WhatsSound.Users;

namespace WhatsSound.Grains.Users;

/// <summary>
/// A user's connections, each until its gateway has not spoken of it for a lease. Bounded by the options: at the bound the newest gets in, and the one whose
/// client has been silent for longest is ended, since it is the likeliest to be dead. Those of a gateway that has said nothing since there were too many may have died with it, and count
/// again once it speaks: until then there may be twice as many. Immutable.
/// </summary>
internal sealed record ConnectionLeases(UserOptions Options)
{
    private ImmutableArray<Held> Connections { get; init; } = [];

    /// <summary>Those that were ended here, and whose gateways have not been told; as many as connections at most, the latest.</summary>
    private ImmutableArray<UserConnection> Untold { get; init; } = [];

    /// <summary>When there came to be too many; null: there are not.</summary>
    private DateTimeOffset? CrowdedSince { get; init; }

    /// <summary>After leases ran out.</summary>
    public ConnectionLeases At(DateTimeOffset now) => this with { Connections = Connections.RemoveAll(held => held.Until <= now) };

    /// <summary>Adds a connection, whose client was heard of just now; again is a renewal.</summary>
    public ConnectionLeases Connect(UserConnection connection, DateTimeOffset now) => At(now).With(connection, now, now).Bounded(now);

    public ConnectionLeases Disconnect(string connectionId) => this with
    {
        Connections = Connections.RemoveAll(held => held.Connection.ConnectionId == connectionId),
        Untold = Untold.RemoveAll(ended => ended.ConnectionId == connectionId),
    };

    /// <summary>What a gateway holds replaces what was known of it, but for what was ended here.</summary>
    public ConnectionLeases Renew(Guid gatewayId, ImmutableArray<ConnectionHeard> connections, DateTimeOffset now)
    {
        var current = At(now);
        var kept = current.Connections.RemoveAll(held =>
            held.Connection.GatewayId == gatewayId && !connections.Any(heard => heard.ConnectionId == held.Connection.ConnectionId));
        return connections
            .Where(heard => !current.Untold.Any(ended => ended.ConnectionId == heard.ConnectionId))
            .Aggregate(current with { Connections = kept }, (leases, heard) => leases.With(
                new UserConnection { ConnectionId = heard.ConnectionId, GatewayId = gatewayId }, now - TimeSpan.FromMilliseconds(Math.Max(0, heard.SilentMs)), now))
            .Bounded(now);
    }

    /// <summary>What a gateway is to end, and the leases once it knows.</summary>
    public (ImmutableArray<string> Ended, ConnectionLeases Told) Tell(Guid gatewayId) => (
        [.. Untold.Where(ended => ended.GatewayId == gatewayId).Select(ended => ended.ConnectionId)],
        this with { Untold = Untold.RemoveAll(ended => ended.GatewayId == gatewayId) });

    public UserConnections ToView(ImmutableArray<string> ended = default) =>
        new() { Connections = [.. Connections.Select(held => held.Connection)], Ended = ended.IsDefault ? [] : ended };

    private ConnectionLeases With(UserConnection connection, DateTimeOffset heardAt, DateTimeOffset now)
    {
        var held = new Held(connection, heardAt, now + Options.Lease);
        var index = Connections.IndexOf(Connections.FirstOrDefault(other => other.Connection.ConnectionId == connection.ConnectionId)!);
        return this with { Connections = index >= 0 ? Connections.SetItem(index, held) : Connections.Add(held) };
    }

    private ConnectionLeases Bounded(DateTimeOffset now)
    {
        var bounded = this with { CrowdedSince = Connections.Length > Options.ConnectionsMax ? CrowdedSince ?? now : null };
        while (bounded.OneTooMany() is { } ended)
            bounded = bounded.Without(ended);
        return bounded;
    }

    private Held? OneTooMany()
    {
        if (Connections.Length <= Options.ConnectionsMax)
            return null;
        var speaking = Connections.Where(held => held.Until - Options.Lease >= CrowdedSince).Select(held => held.Connection.GatewayId).ToHashSet();
        var sure = Connections.RemoveAll(held => !speaking.Contains(held.Connection.GatewayId));
        return sure.Length > Options.ConnectionsMax ? sure.MinBy(held => held.HeardAt) : null;
    }

    private ConnectionLeases Without(Held ended)
    {
        ImmutableArray<UserConnection> untold = [.. Untold, ended.Connection];
        return this with { Connections = Connections.Remove(ended), Untold = untold.Length <= Options.ConnectionsMax ? untold : untold.RemoveAt(0) };
    }

    private sealed record Held(UserConnection Connection, DateTimeOffset HeardAt, DateTimeOffset Until);
}
