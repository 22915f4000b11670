using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Sessions;

/// <summary>The socket behind a session, as its door provides it.</summary>
internal interface ISessionSocket
{
    /// <summary>
    /// Writes messages in order, as one write. Done when the socket can take more; called again only then. It neither blocks nor throws because of the peer.
    /// </summary>
    ValueTask WriteAsync(ReadOnlySpan<OutgoingMessage> messages);

    /// <summary>Closes the connection once what was written is out. Returns at once; again is no error.</summary>
    void Close();

    /// <summary>Ends the connection of a peer that takes nothing. Returns at once; again is no error.</summary>
    void Cut();
}
