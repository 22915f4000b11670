using WhatsSound.Gateway.Identity;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// A connection that was let in, with what the token said that it came with. It becomes a session once the door's own handshake is done; whoever holds it
/// disposes of it when the connection is gone, whether it became one or not.
/// </summary>
internal sealed class SessionAdmission(
    string connectionId,
    string? token,
    Answer<TokenGrant>? shown,
    bool isAnonymous,
    ConnectionCounts.Address address,
    ConnectionCounts counts,
    Strangers strangers,
    AnonymousSessions anonymous) : IDisposable
{
    /// <summary>Unique over all gateways.</summary>
    public string ConnectionId => connectionId;

    /// <summary>What the address counts as that it comes from.</summary>
    public string AddressKey => address.Key;

    /// <summary>Null: no token was shown, or none that counts.</summary>
    public TokenGrant? Grant => shown?.Value;

    /// <summary>Why the token that was shown does not count.</summary>
    public Refusal? TokenRefusal => shown?.Refusal;

    /// <summary>The token, where it could not be verified for now; null otherwise.</summary>
    public string? UnreadToken => shown?.Refusal is { Retryable: true } ? token : null;

    /// <summary>Whether it may stay without a user.</summary>
    public bool IsAnonymous => isAnonymous;

    public void Dispose()
    {
        strangers.Leave(connectionId);
        anonymous.Leave(connectionId);
        counts.Leave(address);
    }
}
