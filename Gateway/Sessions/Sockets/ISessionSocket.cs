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

    /// <summary>Whether the peer has said that it goes away, as a browser does for a page that is closed or loaded again; not one that gives up on a silent server.</summary>
    bool IsGoingAway => false;

    /// <summary>The last messages by number, for a door whose clients say how many they have got; null: it does not count.</summary>
    SentRing? Sent => null;

    /// <summary>Begins the orderly end: the peer gets what was written, and then ends the connection. Returns at once; called once.</summary>
    void Close();

    /// <summary>Ends the connection now, of a peer that takes nothing or does not go. Returns at once; idempotent.</summary>
    void Cut();
}
