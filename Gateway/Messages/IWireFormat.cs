namespace WhatsSound.Gateway.Messages;

/// <summary>
/// How one wire protocol writes messages. There is one object per protocol and gateway: by it a message knows what it is in that protocol, so that it is
/// encoded once, whatever the number of sockets.
/// </summary>
internal interface IWireFormat
{
    /// <summary>The message as bytes, whole; none, where the protocol has no word for it. Called once per message; pure.</summary>
    EncodedMessage Encode(OutgoingMessage message);
}
