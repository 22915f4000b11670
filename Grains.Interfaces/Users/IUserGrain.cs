namespace WhatsSound.Users;

/// <summary>
/// A user's connections on all gateways, and the sessions that wait for a connection. Its key is <see cref="UserId.KeyOf"/>. In memory: a gateway renews what it holds, and a connection that is not
/// renewed within the lease (30 s) is forgotten.
/// </summary>
[Alias("ws.IUserGrain"), GrainInterfaceType("ws.IUserGrain")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>
    /// Adds a connection; at the bound (10 by default) the one whose client has been silent for longest is ended, once its gateway is known to live. Connecting again is a renewal. Refusals:
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

    /// <summary>Says where a session lives that may be resumed. It counts as long as its connection.</summary>
    [Alias("Hold")]
    Task HoldAsync(SessionHold hold);

    /// <summary>
    /// Removes a connection, and keeps its session for as long as it says, unless another connection has it by now. At the bound (10 by default) the one that has waited for longest goes; one
    /// that is too large is not kept.
    /// </summary>
    [Alias("Park")]
    Task ParkAsync(string connectionId, ParkedSession session);

    /// <summary>Looks for a session. Of all who ask with its key one gets it.</summary>
    [Alias("Take")]
    Task<SessionFound> TakeAsync(string sessionId, System.Collections.Immutable.ImmutableArray<byte> keyHash);
}
