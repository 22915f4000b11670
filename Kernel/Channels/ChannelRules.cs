using System.Collections.Frozen;
using System.Collections.Immutable;

namespace WhatsSound.Channels;

/// <summary>The channel rules of one moment, ready for lookup; also a book of rules that never change. Immutable; safe from any thread.</summary>
public sealed class ChannelRules : IRuleBook
{
    private static readonly ChannelRule Fallback = new() { Pattern = "*" };

    private readonly FrozenDictionary<string, ImmutableArray<ChannelRule>>.AlternateLookup<ReadOnlySpan<char>> _byNamespace;
    private readonly ImmutableArray<ChannelRule> _ofAnyNamespace;

    /// <summary>Takes the rules; of two with the same pattern the later one counts.</summary>
    /// <param name="rules">All of them.</param>
    /// <param name="version">Above that of the rules before.</param>
    public ChannelRules(IEnumerable<ChannelRule> rules, long version = 0)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var byPattern = new SortedDictionary<string, ChannelRule>(Comparer<string>.Create(ChannelPattern.CompareSpecificity));
        foreach (var rule in rules)
            byPattern[rule.Pattern] = rule;
        Version = version;
        All = [.. byPattern.Values];
        HasAnonymous = All.Any(static rule => rule is { ClientUse: true, Anonymous: not AnonymousUse.Nothing });
        _ofAnyNamespace = [.. All.Where(static rule => NamespaceOf(rule.Pattern) is "*")];
        _byNamespace = All.Select(static rule => NamespaceOf(rule.Pattern).ToString()).Distinct(StringComparer.Ordinal)
            .ToFrozenDictionary(static name => name, name => All.RemoveAll(rule => NamespaceOf(rule.Pattern) is not "*" && !NamespaceOf(rule.Pattern).SequenceEqual(name)), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <inheritdoc/>
    public event EventHandler? Changed
    {
        add { }
        remove { }
    }

    /// <summary>Above that of the rules before.</summary>
    public long Version { get; }

    /// <summary>All of them, the most specific first.</summary>
    public ImmutableArray<ChannelRule> All { get; }

    /// <inheritdoc/>
    public bool HasAnonymous { get; }

    ChannelRules IRuleBook.Rules => this;

    /// <summary>The rule of a channel: the most specific pattern that covers its name. Cost: one pass over the patterns of its namespace and of any, no allocation.</summary>
    public ChannelRule For(string channel)
    {
        foreach (var rule in _byNamespace.TryGetValue(NamespaceOf(channel), out var rules) ? rules : _ofAnyNamespace)
        {
            if (ChannelPattern.Matches(rule.Pattern, channel))
                return rule;
        }

        return Fallback;
    }

    private static ReadOnlySpan<char> NamespaceOf(ReadOnlySpan<char> name)
    {
        var colon = name.IndexOf(':');
        return colon < 0 ? name : name[..colon];
    }
}
