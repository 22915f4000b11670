using System.Text;

namespace WhatsSound.Text;

/// <summary>
/// What letters, digits and dots are that only look another way: the compatibility decomposition (NFKC) of those that stand for the letters of ASCII, and the letters in dark circles and squares that have none. Written out, since the program
/// runs without the system's own tables. Letters of other scripts that look like these are not among them.
/// </summary>
internal static class PlainLetters
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Where the alphabet, in capitals, begins in a circle, a square, or brackets.</summary>
    private static readonly int[] Capitals = [0x24B6, 0x1F110, 0x1F130, 0x1F150, 0x1F170];

    /// <summary>Of those that stand by themselves, the letter and what it is.</summary>
    private static readonly Dictionary<int, string> Single = new()
    {
        [0x00AA] = "a", [0x00BA] = "o", [0x00B2] = "2", [0x00B3] = "3", [0x00B9] = "1", [0x017F] = "s", [0x2070] = "0", [0x2071] = "i", [0x207F] = "n",
        [0x2024] = ".", [0x3002] = ".", [0xFE52] = ".", [0xFF61] = ".", [0x2102] = "C", [0x210A] = "g", [0x210B] = "H", [0x210C] = "H", [0x210D] = "H", [0x210E] = "h", [0x2110] = "I",
        [0x2111] = "I", [0x2112] = "L", [0x2113] = "l", [0x2115] = "N", [0x2119] = "P", [0x211A] = "Q", [0x211B] = "R", [0x211C] = "R", [0x211D] = "R", [0x2124] = "Z", [0x2128] = "Z",
        [0x212A] = "K", [0x212B] = "A", [0x212C] = "B", [0x212D] = "C", [0x212F] = "e", [0x2130] = "E", [0x2131] = "F", [0x2133] = "M", [0x2134] = "o", [0x2139] = "i", [0x24EA] = "0",
        [0x3000] = " ", [0xFE55] = ":", [0xFB00] = "ff", [0xFB01] = "fi", [0xFB02] = "fl", [0xFB03] = "ffi", [0xFB04] = "ffl", [0xFB05] = "st", [0xFB06] = "st",
    };

    /// <summary>What the character is; itself, where it is none of these.</summary>
    public static string Of(Rune rune)
    {
        var value = rune.Value;
        if (Single.TryGetValue(value, out var plain))
            return plain;
        return value switch
        {
            >= 0xFF01 and <= 0xFF5E => $"{(char)(value - 0xFEE0)}",
            >= 0x1D400 and <= 0x1D6A3 => Letter((value - 0x1D400) % 52),
            >= 0x1D7CE and <= 0x1D7FF => Digit((value - 0x1D7CE) % 10),
            >= 0x2460 and <= 0x2468 => Digit(value - 0x245F),
            >= 0x2074 and <= 0x2079 => Digit(value - 0x2070),
            >= 0x2080 and <= 0x2089 => Digit(value - 0x2080),
            >= 0x249C and <= 0x24B5 => Letter(26 + value - 0x249C),
            >= 0x24D0 and <= 0x24E9 => Letter(26 + value - 0x24D0),
            _ => OfCapitals(value) ?? rune.ToString(),
        };
    }

    private static string? OfCapitals(int value)
    {
        foreach (var first in Capitals)
        {
            if (value >= first && value < first + 26)
                return Letter(value - first);
        }

        return null;
    }

    private static string Letter(int index) => Letters.Substring(index, 1);

    private static string Digit(int digit) => $"{(char)('0' + digit)}";
}
