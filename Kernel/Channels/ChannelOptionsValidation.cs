using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Channels;

/// <summary>Checks channel rules at start. Every bound that a grain relies on is checked here, so that no grain checks it again.</summary>
/// <param name="sources">Where the rules are written; null: that is not known.</param>
internal sealed class ChannelOptionsValidation(RuleSources? sources = null) : IValidateOptions<ChannelOptions>
{
    private const long HistoryBytesFloor = 16L * 1024 * 1024;
    private const long HistoryBytesCeiling = 1024L * 1024 * 1024 * 1024;
    private static readonly TimeSpan AgeMax = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeptMin = TimeSpan.FromHours(24);
    private static readonly TimeSpan KeptMax = TimeSpan.FromHours(72);
    private static readonly TimeSpan PaceMin = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan PaceMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LeaseMin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LeaseMax = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, ChannelOptions options)
    {
        var failures = options.Rules.SelectMany(FailuresOf).Concat(TwiceIn(options.Rules)).ToList();
        if (!options.Rules.Any(rule => rule.Pattern == "*"))
            failures.Add("Channels:Rules: there must be a rule with the pattern '*', for all other channels.");
        if (options.HistoryBytesMax is < HistoryBytesFloor or > HistoryBytesCeiling)
            failures.Add($"Channels:HistoryBytesMax is {options.HistoryBytesMax}; it must be {HistoryBytesFloor:N0} to {HistoryBytesCeiling:N0}, since it is kept in memory.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>A rule takes the place of the product's of the same pattern; of two of a deployment's own one would be lost without a word.</summary>
    private IEnumerable<string> TwiceIn(IEnumerable<ChannelRule> rules) =>
        rules.Where(static rule => !ChannelOptions.Defaults.Any(own => ReferenceEquals(own, rule)))
            .GroupBy(static rule => rule.Pattern, StringComparer.Ordinal)
            .Where(static same => same.Count() > 1)
            .Select(same => $"{NameOf(same.Key)}: {same.Count()} rules have this pattern; there must be one.");

    private IEnumerable<string> FailuresOf(ChannelRule rule) => ProblemsOf(rule).Select(problem => $"{NameOf(rule.Pattern)}: {problem}");

    private string NameOf(string pattern) => sources?.Of(pattern) is { } source ? $"Channels:Rules '{pattern}' in {source}" : $"Channels:Rules '{pattern}'";

    /// <summary>What is wrong with a rule, in a sentence each, whoever has made it.</summary>
    internal static IEnumerable<string> ProblemsOf(ChannelRule rule)
    {
        if (!ChannelPattern.IsValid(rule.Pattern))
        {
            yield return "this is not a pattern: it must be a channel name, in which a segment between colons may be '*'.";
            yield break;
        }

        if (!ChannelPattern.HasWholeStars(rule.Pattern))
            yield return "a '*' in a pattern must be a whole segment between colons, as in 'chat:*'.";

        if (rule.ManagedBy is { } manager && !Enum.IsDefined(manager))
            yield return $"ManagedBy is {manager}; it must be one of {string.Join(", ", Enum.GetNames<ChannelManager>())}, or absent.";
        if (rule.ManagedBy == ChannelManager.Room && !rule.Pattern.StartsWith("room:", StringComparison.Ordinal))
            yield return $"ManagedBy is {ChannelManager.Room}; the pattern must begin with 'room:', since the name of a channel says which room it is.";

        foreach (var failure in AnonymousFailuresOf(rule).Concat(HistoryFailuresOf(rule)).Concat(PaceFailuresOf(rule)).Concat(PresenceFailuresOf(rule)).Concat(ProductChannels.FailuresOf(rule)))
            yield return failure;
    }

    private static IEnumerable<string> AnonymousFailuresOf(ChannelRule rule)
    {
        if (rule.Anonymous == AnonymousUse.Nothing)
            yield break;
        if ((rule.Anonymous & ~(AnonymousUse.Subscribe | AnonymousUse.Publish | AnonymousUse.History)) != AnonymousUse.Nothing)
            yield return $"Anonymous is {rule.Anonymous}; it must be some of {nameof(AnonymousUse.Subscribe)}, {nameof(AnonymousUse.Publish)}, {nameof(AnonymousUse.History)}, or absent.";
        if (rule.Identified)
            yield return "Identified and Anonymous exclude each other: a channel is for users alone, or it is not.";
        if (rule.Anonymous.HasFlag(AnonymousUse.History) && !rule.Anonymous.HasFlag(AnonymousUse.Subscribe))
            yield return "Anonymous has History without Subscribe: what was published before is answered to a subscription.";
        if (rule.Anonymous.HasFlag(AnonymousUse.Publish) && !rule.ClientPublish)
            yield return "Anonymous has Publish, and ClientPublish is off: nobody's clients publish there.";
        if (rule.Pattern.StartsWith("user:", StringComparison.Ordinal) || rule.ManagerOf(rule.Pattern) == ChannelManager.Room)
            yield return "Anonymous excludes channels of a user, and of a room, which only users join.";
    }

    private static IEnumerable<string> HistoryFailuresOf(ChannelRule rule)
    {
        if (rule.HistoryCountMax is < 1 or > 10_000)
            yield return $"HistoryCountMax is {rule.HistoryCountMax}; it must be 1 to 10,000, since it is kept in memory.";
        if (rule.HistoryBytesMax is < 64 * 1024 or > 64 * 1024 * 1024)
            yield return $"HistoryBytesMax is {rule.HistoryBytesMax}; it must be 65,536 to 67,108,864, since it is kept in memory.";
        else if (rule.HistoryBytesMax < rule.PublicationBytesMax)
            yield return $"HistoryBytesMax is {rule.HistoryBytesMax}; it must be at least PublicationBytesMax, or a publication could not be recovered.";
        if (rule.HistoryAge <= TimeSpan.Zero || rule.HistoryAge > AgeMax)
            yield return $"HistoryAge is {rule.HistoryAge}; it must be above zero and at most {AgeMax}.{TimeText.Hint(rule.HistoryAge)}";
        if (rule.PersistAll is { } kept && (kept < KeptMin || kept > KeptMax))
            yield return $"PersistAll is {kept}; it must be {KeptMin} to {KeptMax} (24 to 72 hours), or absent.{TimeText.Hint(kept)}";
        if (rule.PersistAll is not null && rule.PersistLast)
            yield return "PersistAll and PersistLast exclude each other.";
        if (rule.PublicationBytesMax is < 1 or > 1024 * 1024)
            yield return $"PublicationBytesMax is {rule.PublicationBytesMax}; it must be 1 to 1,048,576.";
        if (rule.PublicationsPerSecondMax is < 1 or > 10_000)
            yield return $"PublicationsPerSecondMax is {rule.PublicationsPerSecondMax}; it must be 1 to 10,000.";
        if (rule.ConnectionPublicationsPerSecondMax is < 1 or > 10_000)
            yield return $"ConnectionPublicationsPerSecondMax is {rule.ConnectionPublicationsPerSecondMax}; it must be 1 to 10,000, or absent.";
        if (rule.ChannelPublicationsPerSecondMax is < 1 or > 100_000)
            yield return $"ChannelPublicationsPerSecondMax is {rule.ChannelPublicationsPerSecondMax}; it must be 1 to 100,000, or absent.";
    }

    private static IEnumerable<string> PaceFailuresOf(ChannelRule rule)
    {
        if (rule.ConflateInterval is { } interval && (interval < PaceMin || interval > PaceMax))
            yield return $"ConflateInterval is {interval}; it must be {PaceMin} to {PaceMax}, or absent.{TimeText.Hint(interval)}";
        if (rule.ConflateInterval is not null && rule.PersistAll is not null)
            yield return "ConflateInterval and PersistAll exclude each other: what conflation drops nobody reads.";
        if (rule.ConflateInterval is not null && rule.BatchCountMax > 1)
            yield return "ConflateInterval and BatchCountMax exclude each other: a conflating channel sends one frame per interval already.";
        if (rule.BatchCountMax is < 1 or > 1_000)
            yield return $"BatchCountMax is {rule.BatchCountMax}; it must be 1 to 1,000.";
        if (rule.BatchInterval < PaceMin || rule.BatchInterval > PaceMax)
            yield return $"BatchInterval is {rule.BatchInterval}; it must be {PaceMin} to {PaceMax}.{TimeText.Hint(rule.BatchInterval)}";
    }

    private static IEnumerable<string> PresenceFailuresOf(ChannelRule rule)
    {
        if (rule.PresenceDetailMax is < 1 or > 1_000)
            yield return $"PresenceDetailMax is {rule.PresenceDetailMax}; it must be 1 to 1,000.";
        if (rule.PresenceLease < LeaseMin || rule.PresenceLease > LeaseMax)
            yield return $"PresenceLease is {rule.PresenceLease}; it must be {LeaseMin} to {LeaseMax}.{TimeText.Hint(rule.PresenceLease)}";
        if (rule.PresenceGrace < TimeSpan.Zero || rule.PresenceGrace > LeaseMax)
            yield return $"PresenceGrace is {rule.PresenceGrace}; it must be zero to {LeaseMax}.{TimeText.Hint(rule.PresenceGrace)}";
        if (rule.Presence && (rule.PersistAll is not null || rule.PersistLast))
            yield return "Presence excludes PersistAll and PersistLast: changes of presence are not written to the message log.";
        if (rule.Presence && rule.ConflateInterval is not null)
            yield return "Presence excludes ConflateInterval: of two changes of presence none may be dropped.";
    }
}
