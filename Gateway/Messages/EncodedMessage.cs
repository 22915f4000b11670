namespace WhatsSound.Gateway.Messages;

/// <summary>A message as the bytes of one wire protocol, shared by all sockets. A door may keep more with it.</summary>
internal class EncodedMessage(ReadOnlyMemory<byte> bytes)
{
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;
}
