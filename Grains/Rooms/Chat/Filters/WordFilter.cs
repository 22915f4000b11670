using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using WhatsSound.Text;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Keeps a deployment's list of words from being said: whole words, in upper and lower case, with and without marks, and with letters that only look another way or stand apart by what cannot be seen. It does not see through other
/// spellings, nor letters of another script: that is for filters of a deployment.
/// </summary>
internal sealed class WordFilter : IChatFilter
{
    private readonly HashSet<string> _words;
    private readonly bool _replaces;

    public WordFilter(IOptions<ChatOptions> options)
    {
        _words = options.Value.BlockedWords.Select(Folded).ToHashSet(StringComparer.Ordinal);
        _replaces = options.Value.ReplacesBlockedWords;
    }

    /// <summary>Whether a character is a part of words: a letter, a digit, or a mark on one.</summary>
    public static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    public ChatVerdict Judge(ChatDraft draft)
    {
        if (_words.Count == 0)
            return ChatVerdict.Pass;
        var said = new StringBuilder();
        var isFound = false;
        foreach (var (part, isWord) in PartsOf(draft.Text))
        {
            var isBlocked = isWord && _words.Contains(Folded(part));
            isFound |= isBlocked;
            said.Append(isBlocked ? new string('*', new StringInfo(part).LengthInTextElements) : part);
        }

        if (!isFound)
            return ChatVerdict.Pass;
        return _replaces ? ChatVerdict.Replace(said.ToString()) : ChatVerdict.Refuse("words");
    }

    private static IEnumerable<(string Part, bool IsWord)> PartsOf(string text)
    {
        var start = 0;
        bool? isWord = null;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var isOfWord = FoldedText.IsUnseen(rune) ? isWord ?? true : IsSeenOfWord(rune);
            if (isWord is { } before && before != isOfWord)
            {
                yield return (text[start..at], before);
                start = at;
            }

            isWord = isOfWord;
            at += rune.Utf16SequenceLength;
        }

        yield return (text[start..], isWord == true);
    }

    private static bool IsSeenOfWord(Rune rune) => FoldedText.Unmasked(rune.ToString()).EnumerateRunes().Any(Rune.IsLetterOrDigit);

    private static string Folded(string word) => FoldedText.Unmasked(word);
}
