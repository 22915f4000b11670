using Microsoft.AspNetCore.SignalR;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>An outgoing message as the bytes of the JSON hub protocol, and the object in which SignalR takes them. Shared by all sockets.</summary>
internal sealed class HubMessageBytes(ReadOnlyMemory<byte> bytes)
{
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public SerializedHubMessage Message { get; } = new([new SerializedMessage("json", bytes)]);
}
