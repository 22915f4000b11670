using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>One of SignalR's hub protocols. Its messages stand for themselves, so that several may go in one write.</summary>
internal interface IHubFormat : IWireFormat
{
    /// <summary>As SignalR names it.</summary>
    string Protocol { get; }

    /// <summary>Whether a WebSocket carries it in binary messages.</summary>
    bool IsBinary { get; }

    /// <summary>How it tells where a record ends.</summary>
    IHubFraming Framing { get; }
}
