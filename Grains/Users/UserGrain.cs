using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using WhatsSound.Users;

namespace WhatsSound.Grains.Users;

/// <summary>
/// Owns what is known of a user's connections, over all gateways. In memory: gateways renew what they hold, and what is not renewed is forgotten.
/// Bounded by <see cref="UserOptions.ConnectionsMax"/>: one more ends the most silent.
/// </summary>
[GrainType("user")]
internal sealed class UserGrain(IOptions<UserOptions> options, TimeProvider time) : Grain, IUserGrain
{
    private const int ConnectionIdLengthMax = 128;

    private ConnectionLeases _leases = new(options.Value);

    public Task<Answer<UserConnections>> ConnectAsync(UserConnection connection)
    {
        if (string.IsNullOrEmpty(connection?.ConnectionId) || connection.ConnectionId.Length > ConnectionIdLengthMax)
            return Task.FromResult<Answer<UserConnections>>(Refusals.BadRequest("connectionId", $"A connection id has 1 to {ConnectionIdLengthMax} characters."));
        _leases = _leases.Connect(connection, time.GetUtcNow());
        return Task.FromResult<Answer<UserConnections>>(Tell(connection.GatewayId));
    }

    public Task DisconnectAsync(string connectionId)
    {
        _leases = _leases.Disconnect(connectionId);
        return Task.CompletedTask;
    }

    public Task<UserConnections> RenewAsync(Guid gatewayId, ImmutableArray<ConnectionHeard> connections)
    {
        _leases = _leases.Renew(gatewayId, connections.IsDefault ? [] : connections, time.GetUtcNow());
        return Task.FromResult(Tell(gatewayId));
    }

    public Task<UserConnections> GetConnectionsAsync() => Task.FromResult(_leases.At(time.GetUtcNow()).ToView());

    private UserConnections Tell(Guid gatewayId)
    {
        (var ended, _leases) = _leases.Tell(gatewayId);
        return _leases.ToView(ended);
    }
}
