using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using WhatsSound.Users;

namespace WhatsSound.Grains.Users;

/// <summary>
/// Owns what is known of a user's connections, over all gateways. In memory: gateways renew what they hold, and what is not renewed is forgotten.
/// Bounded by <see cref="UserOptions.ConnectionsMax"/>: one more is refused.
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
        if (_leases.Connect(connection, time.GetUtcNow()) is not { } leases)
            return Task.FromResult<Answer<UserConnections>>(TooMany());
        _leases = leases;
        return Task.FromResult<Answer<UserConnections>>(_leases.ToView());
    }

    public Task DisconnectAsync(string connectionId)
    {
        _leases = _leases.Disconnect(connectionId);
        return Task.CompletedTask;
    }

    public Task RenewAsync(Guid gatewayId, ImmutableArray<string> connectionIds)
    {
        _leases = _leases.Renew(gatewayId, connectionIds.IsDefault ? [] : connectionIds, time.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task<UserConnections> GetConnectionsAsync() => Task.FromResult(_leases.At(time.GetUtcNow()).ToView());

    private Refusal TooMany() => Refusals.Limit(
        RefusalCode.ConnectionLimit, $"A user may have {options.Value.ConnectionsMax} connections.", options.Value.ConnectionsMax);
}
