using System.Buffers.Binary;
using System.Numerics;

namespace WhatsSound.Embedded.Runtime;

/// <summary>xxHash32 with seed 0, as its public specification describes it: the hash that reminder rows are stored under.</summary>
internal static class XxHash32
{
    private const uint Prime1 = 2654435761;
    private const uint Prime2 = 2246822519;
    private const uint Prime3 = 3266489917;
    private const uint Prime4 = 668265263;
    private const uint Prime5 = 374761393;

    public static uint Of(ReadOnlySpan<byte> data)
    {
        unchecked
        {
            var length = (uint)data.Length;
            var hash = (data.Length >= 16 ? Stripes(ref data) : Prime5) + length;
            for (; data.Length >= 4; data = data[4..])
                hash = BitOperations.RotateLeft(hash + (BinaryPrimitives.ReadUInt32LittleEndian(data) * Prime3), 17) * Prime4;
            foreach (var octet in data)
                hash = BitOperations.RotateLeft(hash + (octet * Prime5), 11) * Prime1;
            return Avalanche(hash);
        }
    }

    private static uint Stripes(ref ReadOnlySpan<byte> data)
    {
        unchecked
        {
            uint a = Prime1 + Prime2, b = Prime2, c = 0, d = 0 - Prime1;
            for (; data.Length >= 16; data = data[16..])
            {
                a = Round(a, data);
                b = Round(b, data[4..]);
                c = Round(c, data[8..]);
                d = Round(d, data[12..]);
            }

            return BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7) + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
        }
    }

    private static uint Round(uint lane, ReadOnlySpan<byte> data)
        => unchecked(BitOperations.RotateLeft(lane + (BinaryPrimitives.ReadUInt32LittleEndian(data) * Prime2), 13) * Prime1);

    private static uint Avalanche(uint hash)
    {
        unchecked
        {
            hash = (hash ^ (hash >> 15)) * Prime2;
            hash = (hash ^ (hash >> 13)) * Prime3;
            return hash ^ (hash >> 16);
        }
    }
}
