using System.Text.Json;
using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Control;

namespace WhatsSound.Gateway.Control;

/// <summary>What administrators do: read and set rules, and take tokens back. Who may is not asked here. What is answered is saved, and holds in every process within 2 s.</summary>
internal sealed class ControlActs(IClusterClient cluster, RuleBook book, ControlKnowledge knowledge, IEnumerable<IValidateOptions<ChannelOptions>> checks)
{
    /// <summary>All rules: of each pattern the one that was set for the cluster, else the configured one, else the product's; the most specific first.</summary>
    public async Task<IReadOnlyList<RuleShown>> ReadRulesAsync(CancellationToken givenUp)
    {
        var changes = await Control.ReadAsync(rulesVersion: 0, revocationsNumber: long.MaxValue).WaitAsync(givenUp);
        var set = changes.Rules.Select(static stored => RuleDocument.ReadKept(stored.Document)).OfType<ChannelRule>().ToDictionary(static rule => rule.Pattern, StringComparer.Ordinal);
        return [.. new ChannelRules([.. book.Configured, .. set.Values]).All.Select(rule => Show(rule, set.ContainsKey(rule.Pattern)))];
    }

    /// <summary>The rule of a channel, as this process has it: a second behind at most where one was set elsewhere. No call.</summary>
    public RuleShown ReadRuleOf(string channel)
    {
        var rule = book.Rules.For(channel);
        return Show(rule, isSet: !book.Configured.Contains(rule));
    }

    /// <summary>Sets the rule of a pattern for the cluster. Refusals: BAD_REQUEST, with <c>pattern</c> or <c>rule</c> as the detail; CONTROL_LIMIT.</summary>
    /// <param name="pattern">Its pattern.</param>
    /// <param name="rule">The rule, as docs/channel-rules.md has it; the pattern in it may be absent.</param>
    /// <param name="givenUp">Nobody waits any longer; what is under way may be done all the same.</param>
    public async Task<Answer<ControlReceipt>> SetRuleAsync(string pattern, JsonElement rule, CancellationToken givenUp)
    {
        if (!ChannelPattern.IsValid(pattern))
            return Refusals.WrongField("pattern", "must be a channel name, in which a segment between colons may be '*'");
        if (RuleDocument.Read(rule.GetRawText(), out var problems, pattern) is not { } read)
            return Refusals.BadRequest("rule", string.Join(' ', problems));
        if (ProblemsOf(read) is { Count: > 0 } more)
            return Refusals.BadRequest("rule", string.Join(' ', more));
        return await Control.SetRuleAsync(pattern, RuleDocument.Write(read)).WaitAsync(givenUp);
    }

    /// <summary>Takes a rule back that was set for the cluster. Idempotent. Refusals: BAD_REQUEST.</summary>
    public async Task<Answer<ControlReceipt>> RemoveRuleAsync(string pattern, CancellationToken givenUp) => await Control.RemoveRuleAsync(pattern).WaitAsync(givenUp);

    /// <summary>Takes tokens back. Refusals: BAD_REQUEST, CONTROL_LIMIT.</summary>
    public async Task<Answer<ControlReceipt>> RevokeAsync(Revocation revocation, CancellationToken givenUp) => await Control.RevokeAsync(revocation).WaitAsync(givenUp);

    /// <summary>Takes a revocation back, by its number. Idempotent.</summary>
    public async Task<Answer<ControlReceipt>> RemoveRevocationAsync(long number, CancellationToken givenUp) => await Control.RemoveRevocationAsync(number).WaitAsync(givenUp);

    /// <summary>The revocations that hold and have a number above the one that is given, up to <see cref="IControlGrain.PageMax"/>, in the order of their numbers; none: there are no more.</summary>
    public async Task<IReadOnlyList<Revocation>> ReadRevocationsAsync(long after, CancellationToken givenUp)
    {
        while (true)
        {
            // The rules are not asked for, unless they have changed just now.
            var page = (await Control.ReadAsync(knowledge.RulesVersion, after).WaitAsync(givenUp)).Revocations;
            Revocation[] holding = [.. page.Where(static one => !one.IsTakenBack)];
            if (holding.Length > 0 || page.Length < IControlGrain.PageMax)
                return holding;
            after = page[^1].Number;
        }
    }

    private IControlGrain Control => cluster.GetGrain<IControlGrain>(IControlGrain.Key);

    /// <summary>What a gateway wants of a rule beyond what every process does.</summary>
    private List<string> ProblemsOf(ChannelRule rule)
    {
        var options = new ChannelOptions();
        options.Rules.Add(rule);
        return [.. checks.SelectMany(check => check.Validate(Options.DefaultName, options).Failures ?? [])];
    }

    private static RuleShown Show(ChannelRule rule, bool isSet)
    {
        using var document = JsonDocument.Parse(RuleDocument.Write(rule));
        var origin = isSet ? RuleOrigin.Cluster : ChannelOptions.Defaults.Contains(rule) ? RuleOrigin.Product : RuleOrigin.Configuration;
        return new RuleShown(rule.Pattern, origin, document.RootElement.Clone());
    }
}
