using System.Buffers.Binary;
using System.Net.Sockets;

namespace WhatsSound.Bench.Floor;

/// <summary>Reads frames from the publisher, whose masking key is zero, and hands each on with the header that a server writes.</summary>
internal sealed class Publisher(Socket socket, Listeners listeners)
{
    private const int LengthMask = 0x7F;
    private const int MaskBytes = 4;
    private const int LongLength = 126;

    private readonly byte[] _header = new byte[4 + MaskBytes];

    public void Run()
    {
        using (socket)
        {
            while (TryRead(_header.AsSpan(0, 2)))
            {
                var length = _header[1] & LengthMask;
                if (length == LongLength && TryRead(_header.AsSpan(2, sizeof(ushort))))
                    length = BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2));
                if (!TryRead(_header.AsSpan(4, MaskBytes)))
                    return;

                var header = length < LongLength ? 2 : 2 + sizeof(ushort);
                var frame = new byte[header + length];
                frame[0] = _header[0];
                frame[1] = (byte)(length < LongLength ? length : LongLength);
                if (length >= LongLength)
                    BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)length);
                if (!TryRead(frame.AsSpan(header)))
                    return;
                listeners.Send(frame);
            }
        }
    }

    private bool TryRead(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = socket.Receive(bytes, SocketFlags.None, out var error);
            if (error != SocketError.Success || count == 0)
                return false;
            bytes = bytes[count..];
        }

        return true;
    }
}
