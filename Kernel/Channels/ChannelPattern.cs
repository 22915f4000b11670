namespace WhatsSound.Channels;

/// <summary>
/// Patterns over channel names: segments split at colons, where <c>*</c> stands for one segment, and as the last segment for one or more. Names of the
/// namespace <c>user</c> have three: a user id may contain colons, and is one segment all the same, or its channels would be under no rule for users.
/// </summary>
public static class ChannelPattern
{
    /// <summary>Whether the text can be a pattern: a channel name in which a segment may be <c>*</c>.</summary>
    public static bool IsValid(string? pattern) => ChannelName.IsValid(pattern);

    /// <summary>Whether the pattern covers the name. Allocates nothing.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name) => Matches(pattern, name, isForm: false);

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name, bool isForm)
    {
        var (isPatternUsers, isNameUsers) = (IsUsers(pattern), IsUsers(name));
        for (var index = 0; ; index++)
        {
            var patternSegment = TakeSegment(ref pattern, out var isLastOfPattern, isUserId: isPatternUsers && index == 1);
            var nameSegment = TakeSegment(ref name, out var isLastOfName, isUserId: isNameUsers && index == 1);
            if (patternSegment is "*")
            {
                if (isLastOfPattern)
                    return true;
            }
            else if (!patternSegment.SequenceEqual(nameSegment) && !(isForm && nameSegment is "*"))
            {
                return false;
            }

            if (isLastOfPattern || isLastOfName)
                return isLastOfPattern && isLastOfName;
        }
    }

    /// <summary>Whether the pattern covers any name of a form, in which each <c>*</c>, also the last, stands for one segment whatever it is.</summary>
    public static bool MatchesSome(ReadOnlySpan<char> pattern, ReadOnlySpan<char> form) => Matches(pattern, form, isForm: true);

    /// <summary>Whether each <c>*</c> is a segment of its own; one within a segment would be a character like any other.</summary>
    public static bool HasWholeStars(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return pattern.Split(':').All(static segment => segment == "*" || !segment.Contains('*', StringComparison.Ordinal));
    }

    /// <summary>Orders by how specific a pattern is, the most specific first: by literal segments, then by segments, then by the text.</summary>
    public static int CompareSpecificity(string first, string second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var literals = LiteralSegmentsOf(second) - LiteralSegmentsOf(first);
        if (literals != 0)
            return literals;
        var segments = second.AsSpan().Count(':') - first.AsSpan().Count(':');
        return segments != 0 ? segments : string.CompareOrdinal(first, second);
    }

    private static int LiteralSegmentsOf(ReadOnlySpan<char> pattern)
    {
        var count = 0;
        for (var isLast = false; !isLast;)
        {
            if (TakeSegment(ref pattern, out isLast) is not "*")
                count++;
        }

        return count;
    }

    private static bool IsUsers(ReadOnlySpan<char> text) => text.StartsWith("user:", StringComparison.Ordinal);

    private static ReadOnlySpan<char> TakeSegment(ref ReadOnlySpan<char> text, out bool isLast, bool isUserId = false)
    {
        var colon = isUserId ? text.LastIndexOf(':') : text.IndexOf(':');
        isLast = colon < 0;
        var segment = isLast ? text : text[..colon];
        text = isLast ? [] : text[(colon + 1)..];
        return segment;
    }
}
