using Microsoft.AspNetCore.SignalR;
using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>An outgoing message as the bytes of a hub protocol, and the object in which SignalR takes them. Shared by all sockets.</summary>
internal sealed class HubMessageBytes(string protocol, ReadOnlyMemory<byte> bytes) : EncodedMessage(bytes)
{
    public SerializedHubMessage Message { get; } = new([new SerializedMessage(protocol, bytes)]);
}
