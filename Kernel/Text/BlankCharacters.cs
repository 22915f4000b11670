using System.Text;

namespace WhatsSound.Text;

/// <summary>
/// Characters that show nothing though their category is one of letters, marks or symbols. From the Unicode Character Database, where a test finds it again: those with the property Default_Ignorable_Code_Point
/// (DerivedCoreProperties.txt; it includes what is reserved for such characters, so later versions add nothing), and those that UnicodeData.txt names as blank, as a filler of a space, or as a note without a head.
/// </summary>
internal static class BlankCharacters
{
    private static readonly (int First, int Last)[] DefaultIgnorable =
    [
        (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F),
        (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    ];

    /// <summary>Braille pattern blank; Egyptian full and half blank; Khitan filler; null notehead; the two spaces of SignWriting.</summary>
    private static readonly (int First, int Last)[] NamedBlank = [(0x2800, 0x2800), (0x13441, 0x13442), (0x16FE4, 0x16FE4), (0x1D159, 0x1D159), (0x1DA7F, 0x1DA80)];

    public static bool Contains(Rune rune) => Contains(DefaultIgnorable, rune.Value) || Contains(NamedBlank, rune.Value);

    /// <summary>Whether it is one of those that programs may ignore.</summary>
    public static bool IsIgnorable(Rune rune) => Contains(DefaultIgnorable, rune.Value);

    private static bool Contains((int First, int Last)[] ranges, int value)
    {
        foreach (var (first, last) in ranges)
        {
            if (value >= first && value <= last)
                return true;
        }

        return false;
    }
}
