using System.Globalization;
using WhatsSound.Channels;

namespace WhatsSound.Tests.Rules.Channels;

public sealed class When_channel_rules_are_checked
{
    private static readonly ChannelRule Good = new() { Pattern = "a:*" };

    public static TheoryData<ChannelRule, string> Bad => new()
    {
        { Good with { Pattern = "" }, "pattern" },
        { Good with { Pattern = ":a" }, "pattern" },
        { Good with { Pattern = "chat*" }, "whole segment" },
        { Good with { Pattern = "a:b*:c" }, "whole segment" },
        { Good with { HistoryCountMax = 0 }, nameof(ChannelRule.HistoryCountMax) },
        { Good with { HistoryBytesMax = (64 * 1024) - 1 }, nameof(ChannelRule.HistoryBytesMax) },
        { Good with { HistoryBytesMax = (64 * 1024 * 1024) + 1 }, nameof(ChannelRule.HistoryBytesMax) },
        { Good with { HistoryBytesMax = 128 * 1024, PublicationBytesMax = 256 * 1024 }, nameof(ChannelRule.HistoryBytesMax) },
        { Good with { HistoryAge = TimeSpan.Zero }, nameof(ChannelRule.HistoryAge) },
        { Good with { PersistAll = TimeSpan.FromHours(1) }, nameof(ChannelRule.PersistAll) },
        { Good with { PersistAll = TimeSpan.FromHours(73) }, nameof(ChannelRule.PersistAll) },
        { Good with { PersistAll = TimeSpan.FromHours(24), PersistLast = true }, nameof(ChannelRule.PersistLast) },
        { Good with { ConflateInterval = TimeSpan.Zero }, nameof(ChannelRule.ConflateInterval) },
        { Good with { ConflateInterval = TimeSpan.FromSeconds(1), PersistAll = TimeSpan.FromHours(24) }, nameof(ChannelRule.PersistAll) },
        { Good with { ConflateInterval = TimeSpan.FromSeconds(1), BatchCountMax = 2 }, nameof(ChannelRule.BatchCountMax) },
        { Good with { BatchCountMax = 0 }, nameof(ChannelRule.BatchCountMax) },
        { Good with { BatchInterval = TimeSpan.FromHours(1) }, nameof(ChannelRule.BatchInterval) },
        { Good with { Presence = true, PersistLast = true }, nameof(ChannelRule.Presence) },
        { Good with { Presence = true, ConflateInterval = TimeSpan.FromSeconds(1) }, nameof(ChannelRule.Presence) },
        { Good with { PresenceDetailMax = 0 }, nameof(ChannelRule.PresenceDetailMax) },
        { Good with { PresenceLease = TimeSpan.Zero }, nameof(ChannelRule.PresenceLease) },
        { Good with { PresenceGrace = TimeSpan.FromSeconds(-1) }, nameof(ChannelRule.PresenceGrace) },
        { Good with { ManagedBy = ChannelManager.Room }, nameof(ChannelRule.ManagedBy) },
        { Good with { ManagedBy = (ChannelManager)7 }, nameof(ChannelRule.ManagedBy) },
        { Good with { Anonymous = (AnonymousUse)8 }, nameof(ChannelRule.Anonymous) },
        { Good with { Anonymous = AnonymousUse.Subscribe, Identified = true }, nameof(ChannelRule.Identified) },
        { Good with { Anonymous = AnonymousUse.History }, nameof(AnonymousUse.History) },
        { Good with { Anonymous = AnonymousUse.Publish, ClientPublish = false }, nameof(ChannelRule.ClientPublish) },
        { Good with { Pattern = "user:*:news", Anonymous = AnonymousUse.Subscribe }, "user" },
        { Good with { Pattern = "room:*:lobby", Anonymous = AnonymousUse.Subscribe }, "room" },
        { Good with { PublicationBytesMax = 0 }, nameof(ChannelRule.PublicationBytesMax) },
        { Good with { PublicationsPerSecondMax = 0 }, nameof(ChannelRule.PublicationsPerSecondMax) },
        { Good with { ConnectionPublicationsPerSecondMax = 0 }, nameof(ChannelRule.ConnectionPublicationsPerSecondMax) },
        { Good with { ConnectionPublicationsPerSecondMax = 10_001 }, nameof(ChannelRule.ConnectionPublicationsPerSecondMax) },
        { Good with { ChannelPublicationsPerSecondMax = 0 }, nameof(ChannelRule.ChannelPublicationsPerSecondMax) },
        { Good with { ChannelPublicationsPerSecondMax = 100_001 }, nameof(ChannelRule.ChannelPublicationsPerSecondMax) },
    };

    [Fact]
    public void Should_take_the_rules_of_the_product() => Assert.True(new ChannelOptionsValidation().Validate(null, new()).Succeeded);

    [Theory]
    [InlineData("room:jazz", null, ChannelManager.Room)]
    [InlineData("room:jazz:lobby", null, ChannelManager.Room)]
    [InlineData("room:jazz:lobby", ChannelManager.Nobody, ChannelManager.Nobody)]
    [InlineData("rooms:jazz", null, ChannelManager.Nobody)]
    public void Should_leave_the_channels_of_rooms_to_rooms_unless_told_otherwise(string channel, ChannelManager? said, ChannelManager expected) =>
        Assert.Equal(expected, (Good with { ManagedBy = said }).ManagerOf(channel));

    [Theory]
    [MemberData(nameof(Bad))]
    public void Should_name_what_is_wrong(ChannelRule rule, string word)
    {
        Assert.Contains(word, Assert.Single(FailuresOf(rule)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((16 * 1024 * 1024) - 1)]
    [InlineData((1024L * 1024 * 1024 * 1024) + 1)]
    public void Should_bound_what_all_keep_together(long bytesMax) =>
        Assert.Contains(nameof(ChannelOptions.HistoryBytesMax), Assert.Single(new ChannelOptionsValidation().Validate(null, new() { HistoryBytesMax = bytesMax }).Failures!), StringComparison.Ordinal);

    [Theory]
    [InlineData("5.00:00:00", "HistoryAge is 5.00:00:00; it must be above zero and at most 01:00:00. A time is written [days.]hours:minutes:seconds: 5 is 5 days, ")]
    [InlineData("02:00:00", "HistoryAge is 02:00:00; it must be above zero and at most 01:00:00.")]
    public void Should_say_how_a_time_is_written_to_whoever_wrote_days(string age, string sentence) =>
        Assert.StartsWith($"Channels:Rules 'a:*': {sentence}", Assert.Single(FailuresOf(Good with { HistoryAge = TimeSpan.Parse(age, CultureInfo.InvariantCulture) })), StringComparison.Ordinal);

    [Fact]
    public void Should_refuse_a_pattern_that_two_rules_have() =>
        Assert.Equal(["Channels:Rules 'a:*': 2 rules have this pattern; there must be one."], FailuresOf(Good, Good with { HistoryCountMax = 3 }));

    [Fact]
    public void Should_want_a_rule_for_all_other_channels()
    {
        var options = new ChannelOptions();
        options.Rules.Clear();

        Assert.True(new ChannelOptionsValidation().Validate(null, options).Failed);
    }

    private static IEnumerable<string> FailuresOf(params ChannelRule[] rules)
    {
        var options = new ChannelOptions();
        foreach (var rule in rules)
            options.Rules.Add(rule);
        return new ChannelOptionsValidation().Validate(null, options).Failures ?? [];
    }
}
