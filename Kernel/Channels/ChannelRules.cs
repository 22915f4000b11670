using System.Collections.Immutable;

namespace WhatsSound.Channels;

/// <summary>The channel rules of a deployment, ready for lookup. Immutable; safe from any thread.</summary>
public sealed class ChannelRules
{
    private static readonly ChannelRule Fallback = new() { Pattern = "*" };

    private readonly ImmutableArray<ChannelRule> _mostSpecificFirst;

    /// <summary>Takes the rules; of two with the same pattern the later one counts.</summary>
    public ChannelRules(IEnumerable<ChannelRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var byPattern = new SortedDictionary<string, ChannelRule>(Comparer<string>.Create(ChannelPattern.CompareSpecificity));
        foreach (var rule in rules)
            byPattern[rule.Pattern] = rule;
        _mostSpecificFirst = [.. byPattern.Values];
        HasAnonymous = byPattern.Values.Any(static rule => rule is { ClientUse: true, Anonymous: not AnonymousUse.Nothing });
    }

    /// <summary>Whether any rule gives something to sessions without a user.</summary>
    public bool HasAnonymous { get; }

    /// <summary>The rule of a channel: the most specific pattern that covers its name. Cost: one pass over the patterns, no allocation.</summary>
    public ChannelRule For(string channel)
    {
        foreach (var rule in _mostSpecificFirst)
        {
            if (ChannelPattern.Matches(rule.Pattern, channel))
                return rule;
        }

        return Fallback;
    }
}
