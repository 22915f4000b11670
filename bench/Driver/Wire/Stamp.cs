using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace WhatsSound.Bench.Wire;

/// <summary>
/// The number and due time that a message carries. It is found in the bytes by its marker, whatever envelope a server puts around it, so every
/// server's frames cost the driver the same.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Stamp(int Number, long DueTicks)
{
    /// <summary>The fewest bytes of data that hold a stamp, its two quotes included.</summary>
    public const int DataBytesMin = 32;

    private const int NumberDigits = 8;
    private const int TicksDigits = 16;

    private static ReadOnlySpan<byte> Marker => "zQzQ"u8;

    /// <summary>A JSON string of exactly <paramref name="dataBytes"/> bytes, quotes included.</summary>
    public string ToJson(int dataBytes)
    {
        var json = new StringBuilder("\"", dataBytes)
            .Append(CultureInfo.InvariantCulture, $"zQzQ{Number:x8}{DueTicks:x16}");
        return json.Append('x', dataBytes - json.Length - 1).Append('"').ToString();
    }

    /// <summary>Takes the next stamp from the front of <paramref name="text"/>.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> text, out Stamp stamp)
    {
        stamp = default;
        var at = text.IndexOf(Marker);
        if (at < 0 || text.Length < at + Marker.Length + NumberDigits + TicksDigits)
            return false;

        var digits = text[(at + Marker.Length)..];
        if (!Utf8Parser.TryParse(digits[..NumberDigits], out int number, out _, 'x')
            || !Utf8Parser.TryParse(digits.Slice(NumberDigits, TicksDigits), out long ticks, out _, 'x'))
            return false;

        text = digits[(NumberDigits + TicksDigits)..];
        stamp = new Stamp(number, ticks);
        return true;
    }
}
