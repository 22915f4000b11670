namespace WhatsSound.Channels;

/// <summary>Whether a rule is one that channels can be under, by itself: what is configured, and what is set later, are checked by the same.</summary>
public static class ChannelRuleCheck
{
    /// <summary>What is wrong with it, in a sentence each; none: nothing is. A rule that would weaken one of the product's own channels is wrong.</summary>
    public static IReadOnlyList<string> ProblemsOf(ChannelRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return [.. ChannelOptionsValidation.ProblemsOf(rule)];
    }
}
