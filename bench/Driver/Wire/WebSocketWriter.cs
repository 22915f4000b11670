using System.Buffers.Binary;
using System.Text;

namespace WhatsSound.Bench.Wire;

/// <summary>Frames what a client sends. The masking key is zero, which the protocol allows: the payload stays as it is.</summary>
internal static class WebSocketWriter
{
    private const byte Final = 0x80;
    private const byte Masked = 0x80;
    private const int MaskBytes = 4;

    public static byte[] Text(string text) => Frame(WebSocketOpCode.Text, Encoding.UTF8.GetBytes(text));

    public static byte[] Frame(WebSocketOpCode opCode, ReadOnlySpan<byte> payload)
    {
        var isLong = payload.Length >= 126;
        var header = 2 + (isLong ? sizeof(ushort) : 0);
        var frame = new byte[header + MaskBytes + payload.Length];
        frame[0] = (byte)(Final | (byte)opCode);
        frame[1] = (byte)(Masked | (isLong ? 126 : payload.Length));
        if (isLong)
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), checked((ushort)payload.Length));
        payload.CopyTo(frame.AsSpan(header + MaskBytes));
        return frame;
    }
}
