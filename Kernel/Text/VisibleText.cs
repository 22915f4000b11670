using System.Globalization;
using System.Text;

namespace WhatsSound.Text;

/// <summary>
/// The one rule for text that people see: names, titles, chat. It shows something, it is Unicode, and it cannot break what stands beside it. Lengths are for
/// each place to say.
/// </summary>
public static class VisibleText
{
    /// <summary>
    /// Whether the text has at least one visible character, no control character, no line or paragraph separator, no unpaired surrogate, and no bidirectional embedding, override or isolate
    /// that is left open or closed without being opened (Unicode Standard Annex 9, 2.1 to 2.5).
    /// </summary>
    /// <param name="text">The text; null is none.</param>
    /// <param name="allowsLines">Whether line feeds, tabs and separators may stand in it.</param>
    public static bool IsValid(string? text, bool allowsLines = false)
    {
        if (string.IsNullOrEmpty(text))
            return false;
        var isVisible = false;
        var embeddings = 0;
        var isolates = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done)
                return false;
            rest = rest[length..];
            if (Rune.IsControl(rune) && !(allowsLines && rune.Value is '\n' or '\t'))
                return false;
            if (!allowsLines && Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                return false;
            embeddings += Opens(rune, 0x202A, 0x202B, 0x202D, 0x202E) - Opens(rune, 0x202C);
            isolates += Opens(rune, 0x2066, 0x2067, 0x2068) - Opens(rune, 0x2069);
            if (embeddings < 0 || isolates < 0)
                return false;
            isVisible |= IsVisible(rune);
        }

        return isVisible && embeddings == 0 && isolates == 0;
    }

    private static int Opens(Rune rune, params ReadOnlySpan<int> openers) => openers.Contains(rune.Value) ? 1 : 0;

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate => false,
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        // Marks show on what they stand on, which has to be there.
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => false,
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse => false,
        _ => !BlankCharacters.Contains(rune),
    };
}
