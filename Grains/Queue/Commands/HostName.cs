using System.Globalization;

namespace WhatsSound.Grains.Queue.Commands;

/// <summary>What the name of a host is made of, as a browser reads it, which makes ASCII of many a character before it looks the name up.</summary>
internal static class HostName
{
    /// <summary>
    /// Blocks with letters and digits that a browser takes for others (UTS 46), or for nothing: modifiers, letter-like and numbers, enclosed, compatible and full-width
    /// forms, selectors of variants. No name needs them. The runtime has no tables to map them by, as it runs without a culture.
    /// </summary>
    private static readonly (char First, char Last)[] StandIns =
    [
        ('\u00AA', '\u00AA'), ('\u00BA', '\u00BA'), ('\u0132', '\u0133'), ('\u013F', '\u0140'), ('\u0149', '\u0149'), ('\u017F', '\u017F'), ('\u01C4', '\u01CC'), ('\u01F1', '\u01F3'), ('\u02B0', '\u02FF'), ('\u034F', '\u034F'),
        ('\u115F', '\u1160'), ('\u17B4', '\u17B5'), ('\u180B', '\u180F'), ('\u1D2C', '\u1DBF'), ('\u1E9A', '\u1E9B'), ('\u2000', '\u2BFF'), ('\u2C7C', '\u2C7D'), ('\u3000', '\u3004'), ('\u3164', '\u3164'), ('\u3200', '\u33FF'), ('\uA69C', '\uA69D'), ('\uA7F2', '\uA7F9'),
        ('\uAB5C', '\uAB5F'), ('\uFB00', '\uFB06'), ('\uFE00', '\uFE6F'), ('\uFF00', '\uFFFF'),
    ];

    /// <summary>The authority of an absolute address, as it was written.</summary>
    public static ReadOnlySpan<char> AuthorityOf(string url)
    {
        var authority = url.AsSpan(url.IndexOf("://", StringComparison.Ordinal) + 3);
        var end = authority.IndexOfAny('/', '?', '#');
        return end < 0 ? authority : authority[..end];
    }

    /// <summary>Whether it may be called otherwise than it is written: by escapes, or by characters that stand for others.</summary>
    public static bool IsDisguised(ReadOnlySpan<char> authority)
    {
        foreach (var character in authority)
        {
            if (character == '%' || (!char.IsAscii(character) && !IsItself(character)))
                return true;
        }

        return false;
    }

    private static bool IsItself(char character) =>
        char.GetUnicodeCategory(character) is UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber
        && !StandIns.Any(block => character >= block.First && character <= block.Last);
}
