using WhatsSound.Channels;

namespace WhatsSound.Gateway.Identity;

/// <summary>What is allowed on the channels of a pattern, in one line: <c>room:*=subscribe,publish</c>. For settings and the command line, where a pattern's colons would be something else.</summary>
internal static class CapabilityText
{
    /// <summary>What it must be, for a sentence.</summary>
    public static string Wanted { get; } = $"a pattern of channels and what is allowed there, of {string.Join(", ", CapabilitySet.Words)}: room:*=subscribe,publish";

    /// <summary>Null where it has not that form, or has a word that means nothing.</summary>
    public static (string Pattern, string[] Words)? TryRead(string text)
    {
        var equals = text.LastIndexOf('=');
        var (pattern, words) = equals < 0 ? (text, []) : (text[..equals], text[(equals + 1)..].Split(',', StringSplitOptions.TrimEntries));
        return ChannelPattern.IsValid(pattern) && words.Length > 0 && !words.Except(CapabilitySet.Words, StringComparer.Ordinal).Any() ? (pattern, words) : null;
    }
}
