using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace WhatsSound.Grains.Rooms;

/// <summary>What may be said in rooms; section <c>Chat</c> of the configuration. Validated at start.</summary>
public sealed class ChatOptions : IValidatableObject
{
    public const string Section = "Chat";

    /// <summary>More words than anybody keeps by hand.</summary>
    public const int BlockedWordsMax = 1000;

    /// <summary>The longest word of any language that is written with spaces.</summary>
    public const int BlockedWordLengthMax = 64;

    /// <summary>Words that are not said, up to 1,000, each of letters and digits; upper and lower case are the same, and so are Latin, Greek and Cyrillic letters with marks and without, but for ñ. None unless configured: what offends is for people to say.</summary>
    public IList<string> BlockedWords { get; } = [];

    /// <summary>Whether asterisks are said in the place of such a word. Otherwise the message is refused, so that its author knows.</summary>
    public bool ReplacesBlockedWords { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BlockedWords.Count > BlockedWordsMax)
            yield return new ValidationResult($"{Section}:{nameof(BlockedWords)} has {BlockedWords.Count} words; it must have up to {BlockedWordsMax}.");
        foreach (var word in BlockedWords.Where(static word => !IsWord(word)))
            yield return new ValidationResult($"{Section}:{nameof(BlockedWords)} has '{word}'; a word must have 1 to {BlockedWordLengthMax} letters and digits.");
    }

    private static bool IsWord(string? word) => word is { Length: > 0 and <= BlockedWordLengthMax } && word.EnumerateRunes().All(WordFilter.IsOfWord);
}

/// <summary>Generated from the bounds of <see cref="ChatOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class ChatOptionsValidator : IValidateOptions<ChatOptions>;
