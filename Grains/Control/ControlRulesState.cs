using System.Collections.Immutable;
using WhatsSound.Control;

namespace WhatsSound.Grains.Control;

/// <summary>The rules that are set for the cluster.</summary>
internal sealed record ControlRulesState
{
    private const int SchemaNow = 1;

    public int Schema { get; init; } = SchemaNow;

    /// <summary>Above that of every change before, also of those that a database knew that was put back to an earlier day: it is a time, at least. 0: nothing was ever set.</summary>
    public long Version { get; init; }

    /// <summary>In the order of their patterns.</summary>
    public ImmutableArray<StoredRule> Rules { get; init; } = [];

    /// <summary>The state in today's schema.</summary>
    public ControlRulesState Upgrade() => Schema switch
    {
        SchemaNow => this,
        _ => throw new NotSupportedException($"Rules of a cluster of schema {Schema}; this program knows {SchemaNow}."),
    };

    /// <summary>With a rule, in place of the one of its pattern; the same, where that is the same rule. Null: there are as many as are kept.</summary>
    public ControlRulesState? With(StoredRule rule, long nowMs)
    {
        var at = IndexOf(rule.Pattern);
        if (at < 0)
            return Rules.Length >= IControlGrain.RulesMax ? null : Changed(Rules.Insert(~at, rule), nowMs);
        return Rules[at].Document == rule.Document ? this : Changed(Rules.SetItem(at, rule), nowMs);
    }

    /// <summary>Without the rule of a pattern; the same, where there is none.</summary>
    public ControlRulesState Without(string pattern, long nowMs) => IndexOf(pattern) is >= 0 and var at ? Changed(Rules.RemoveAt(at), nowMs) : this;

    private ControlRulesState Changed(ImmutableArray<StoredRule> rules, long nowMs) => this with { Version = Math.Max(Version + 1, nowMs), Rules = rules };

    private int IndexOf(string pattern)
    {
        var (low, high) = (0, Rules.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(Rules[middle].Pattern, pattern);
            if (order == 0)
                return middle;
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
