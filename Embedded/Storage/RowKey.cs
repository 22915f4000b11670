using System.Buffers.Text;
using System.Text;
using Orleans.Runtime;

namespace WhatsSound.Embedded.Storage;

/// <summary>
/// How a grain's key is stored, exactly as Orleans stores it: a key that reads as a GUID (32 digits) or as a hexadecimal number goes
/// into N0 and N1, with what follows a '+' as extension; any other key is the extension alone.
/// </summary>
internal readonly record struct RowKey(long N0, long N1, string? Extension)
{
    private const int GuidLength = 32;

    public static RowKey Of(GrainId grainId)
    {
        var text = grainId.Key.ToString();
        ReadOnlySpan<byte> key = Encoding.UTF8.GetBytes(text);
        if (TryGuid(key, out var row) || TryNumber(key, out row)) return row;
        return new(0, 0, text);
    }

    private static bool TryGuid(ReadOnlySpan<byte> key, out RowKey row)
    {
        row = default;
        var hasExtension = key.Length > GuidLength && key[GuidLength] == '+';
        if (!hasExtension && key.Length != GuidLength) return false;
        if (!Utf8Parser.TryParse(key[..GuidLength], out Guid guid, out var read, 'N') || read != GuidLength) return false;
        var bytes = guid.ToByteArray();
        row = new(BitConverter.ToInt64(bytes, 0), BitConverter.ToInt64(bytes, 8), hasExtension ? Encoding.UTF8.GetString(key[(GuidLength + 1)..]) : null);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> key, out RowKey row)
    {
        row = default;
        var plus = key.IndexOf((byte)'+');
        var digits = plus < 0 ? key : key[..plus];
        if (!Utf8Parser.TryParse(digits, out long number, out var read, 'X') || read != digits.Length) return false;
        row = new(0, number, plus < 0 ? null : Encoding.UTF8.GetString(key[(plus + 1)..]));
        return true;
    }
}
