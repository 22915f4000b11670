namespace WhatsSound.Users;

/// <summary>
/// A user's connections on all gateways. Its key is <see cref="UserId.KeyOf"/>. In memory: a gateway renews what it holds, and a connection that is not
/// renewed within the lease (30 s) is forgotten.
/// </summary>
[Alias("ws.IUserGrain"), GrainInterfaceType("ws.IUserGrain")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>
    /// Adds a connection; at the bound (10 by default) the one whose client has been silent for longest is ended. Connecting again is a renewal. Refusals:
    /// BAD_REQUEST for a malformed id.
    /// </summary>
    [Alias("Connect")]
    Task<Answer<UserConnections>> ConnectAsync(UserConnection connection);

    /// <summary>Removes a connection; an unknown one is no error.</summary>
    [Alias("Disconnect")]
    Task DisconnectAsync(string connectionId);

    /// <summary>Renews all connections of a gateway with this user; the list is what the gateway holds, and replaces what was known of it.</summary>
    [Alias("RenewHeard")]
    Task<UserConnections> RenewAsync(Guid gatewayId, System.Collections.Immutable.ImmutableArray<ConnectionHeard> connections);

    /// <summary>The connections now.</summary>
    [Alias("GetConnections"), ReadOnly]
    Task<UserConnections> GetConnectionsAsync();
}
