using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Transport;

/// <summary>What a door knows and the transport does not: its protocol, on one connection. It may keep what the protocol needs, and nothing else.</summary>
internal interface ISocketProtocol
{
    /// <summary>The door's name in metrics.</summary>
    string Door { get; }

    IWireFormat Format { get; }

    /// <summary>Whether messages go out as text; the other kind is binary.</summary>
    bool IsText { get; }

    /// <summary>
    /// Between two <see cref="HeartbeatMessage"/>s; null where the protocol has none: the WebSocket's own pings go in any case.
    /// </summary>
    TimeSpan? HeartbeatInterval { get; }

    /// <summary>How long a client may say nothing, where the protocol has it say something; null: as long as it answers the WebSocket's pings.</summary>
    TimeSpan? SilenceMax { get; }

    /// <summary>
    /// Takes a message of the client: makes a request of it for <see cref="Sessions.Calls.SessionCalls"/>, and waits for that; only then comes the next. The bytes are good
    /// until it is done. Throws <see cref="InvalidDataException"/> for what is none of the protocol's messages, which ends the connection with a goodbye; any other is a bug.
    /// </summary>
    Task ReceiveAsync(Session session, ReadOnlyMemory<byte> message, bool isText);

    /// <summary>How the socket is closed behind the goodbye.</summary>
    CloseWord CloseOf(ClosingMessage goodbye);

    /// <summary>How the socket is closed where the connection did not become a session.</summary>
    CloseWord CloseOf(Refusal refusal);
}
