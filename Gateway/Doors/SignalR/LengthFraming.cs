using System.Buffers;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>The length before each record, seven bits a byte, the lowest first: the binary hub protocols. What is too large is known to be before it comes.</summary>
internal sealed class LengthFraming : IHubFraming
{
    /// <summary>Of the length itself: 31 bits.</summary>
    public const int PrefixBytesMax = 5;

    /// <summary>What the last byte of the longest prefix may hold.</summary>
    private const byte LastBitsMax = 0x07;

    public static LengthFraming Instance { get; } = new();

    public HubRecord Find(in ReadOnlySequence<byte> input, long searched)
    {
        Span<byte> prefix = stackalloc byte[PrefixBytesMax];
        var known = (int)Math.Min(input.Length, PrefixBytesMax);
        input.Slice(0, known).CopyTo(prefix);
        var length = 0L;
        for (var i = 0; i < known; i++)
        {
            if (i == PrefixBytesMax - 1 && prefix[i] > LastBitsMax)
                return new HubRecord(0, long.MaxValue, End: null);
            length |= (long)(prefix[i] & 0x7f) << (7 * i);
            if ((prefix[i] & 0x80) == 0)
                return new HubRecord(i + 1, length, input.Length >= i + 1 + length ? i + 1 + length : null);
        }

        return new HubRecord(known, length, End: null);
    }

    /// <summary>Writes the length of a record, before it.</summary>
    public static void WritePrefix(int length, IBufferWriter<byte> output)
    {
        var prefix = output.GetSpan(PrefixBytesMax);
        var count = 0;
        var rest = (uint)length;
        do
        {
            var bits = (byte)(rest & 0x7f);
            rest >>= 7;
            prefix[count++] = rest == 0 ? bits : (byte)(bits | 0x80);
        }
        while (rest != 0);
        output.Advance(count);
    }
}
