using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Sessions;

/// <summary>The socket behind a session, as its door provides it.</summary>
internal interface ISessionSocket
{
    /// <summary>The protocol that the peer speaks.</summary>
    IWireFormat Format { get; }

    /// <summary>
    /// Writes messages in order, as one write. Done when the socket can take more; called again only then. It neither blocks nor throws because of the peer.
    /// </summary>
    ValueTask WriteAsync(ReadOnlySpan<OutgoingMessage> messages);

    /// <summary>For how long nothing has come from the peer, pings included; zero where the transport does not show it.</summary>
    TimeSpan Silence { get; }

    /// <summary>Begins the orderly end: the peer gets what was written, and then ends the connection. Returns at once; called once.</summary>
    void Close();

    /// <summary>Ends the connection now, of a peer that takes nothing or does not go. Returns at once; idempotent.</summary>
    void Cut();
}
