using WhatsSound.Channels;

namespace WhatsSound.Tests.Rules.Channels;

/// <summary>A deployment's rule takes the place of the product's as a whole: what the product depends on must be in it, whatever its pattern is.</summary>
public sealed class When_a_rule_covers_the_product_s_channels
{
    public static TheoryData<string> Own => [.. ChannelOptions.Defaults.Select(static rule => rule.Pattern).Where(static pattern => pattern != "*")];

    [Fact]
    public void Should_be_refused_in_a_sentence_with_the_rule_and_the_field() => Assert.Equal(
        ["Channels:Rules 'room:*:chat': ClientPublish is true; it must be false, since the product's own channels room:*:chat depend on it."],
        FailuresOf(OwnRule("room:*:chat") with { ClientPublish = true }));

    [Theory]
    [MemberData(nameof(Own))]
    public void Should_have_what_the_product_depends_on(string pattern)
    {
        var own = OwnRule(pattern);
        AssertRefused(own with { ClientPublish = true }, nameof(own.ClientPublish));
        AssertRefused(own with { ClientUse = false }, nameof(own.ClientUse));
        AssertRefused(own with { PublicationBytesMax = own.PublicationBytesMax - 1 }, nameof(own.PublicationBytesMax));
        AssertRefused(own with { Presence = !own.Presence }, nameof(own.Presence));
        AssertRefused(own with { PersistLast = !own.PersistLast }, nameof(own.PersistLast));
        AssertRefused(own with { PersistAll = own.PersistAll is null ? TimeSpan.FromHours(24) : null }, nameof(own.PersistAll));
        AssertRefused(own with { ConflateInterval = own.ConflateInterval is null ? TimeSpan.FromSeconds(1) : null }, nameof(own.ConflateInterval));
        AssertRefused(own with { Anonymous = AnonymousUse.Subscribe }, nameof(own.Anonymous));
        AssertRefused(own with { ManagedBy = pattern.StartsWith("room:", StringComparison.Ordinal) ? ChannelManager.Nobody : ChannelManager.Room }, nameof(own.ManagedBy));
    }

    [Theory]
    [MemberData(nameof(Own))]
    public void Should_say_how_much_and_how_often(string pattern)
    {
        var own = OwnRule(pattern);

        Assert.Empty(FailuresOf(own with
        {
            HistoryCountMax = 64,
            HistoryBytesMax = 2 * own.HistoryBytesMax,
            HistoryAge = TimeSpan.FromMinutes(10),
            PersistAll = own.PersistAll is null ? null : TimeSpan.FromHours(24),
            ConflateInterval = own.ConflateInterval is null ? null : TimeSpan.FromSeconds(1),
            BatchInterval = TimeSpan.FromMilliseconds(50),
            PresenceDetailMax = 10,
            PresenceGrace = TimeSpan.FromSeconds(1),
            PublicationBytesMax = 2 * own.PublicationBytesMax,
            PublicationsPerSecondMax = 1,
            TlsOnly = true,
            Identified = true,
        }));
    }

    [Theory]
    [InlineData("room:*")]
    [InlineData("room:jazz")]
    [InlineData("room:jazz:chat")]
    [InlineData("room:*:queue")]
    [InlineData("*:jazz:chat")]
    [InlineData("*:chat")]
    [InlineData("user:ada:notifications")]
    [InlineData("user:a:b:activity")]
    [InlineData("*:ada:markers")]
    public void Should_be_found_by_whatever_pattern_would_be_chosen(string pattern) => Assert.NotEmpty(FailuresOf(new ChannelRule { Pattern = pattern }));

    [Theory]
    [InlineData("room:*:lobby")]
    [InlineData("room:jazz:chat:side")]
    [InlineData("room:*:*")]
    [InlineData("room:jazz:*")]
    [InlineData("*:*:chat")]
    [InlineData("user:*")]
    [InlineData("user:*:inbox")]
    [InlineData("rooms:*")]
    [InlineData("news")]
    public void Should_leave_channels_of_one_s_own_alone(string pattern) => Assert.Empty(FailuresOf(new ChannelRule { Pattern = pattern }));

    [Fact]
    public void Should_find_exactly_the_patterns_that_are_chosen_for_one()
    {
        string[] segments = ["*", "room", "user", "jazz", "chat", "markers", "activity"];
        var patterns = segments.Concat(
            from first in segments from second in segments select $"{first}:{second}").Concat(
            from first in segments from second in segments from third in segments select $"{first}:{second}:{third}").Except(ChannelOptions.Defaults.Select(static rule => rule.Pattern));
        // Each is a name of a channel of the product's; any id is as good as any other, and those in the patterns are among them.
        var names = (from own in ChannelOptions.Defaults where own.Pattern != "*" from id in segments.Skip(1) select (own, Name: own.Pattern.Replace("*", id, StringComparison.Ordinal))).ToList();

        Assert.All(patterns, pattern =>
        {
            var rule = new ChannelRule { Pattern = pattern };
            var rules = new ChannelRules([.. ChannelOptions.Defaults, rule]);
            var isChosen = names.Any(one => ReferenceEquals(rule, rules.For(one.Name)) && !ReferenceEquals(one.own, rule));

            Assert.True(isChosen == FailuresOf(rule).Any(), pattern);
        });
    }

    private static ChannelRule OwnRule(string pattern) => ChannelOptions.Defaults.Single(rule => rule.Pattern == pattern);

    private static void AssertRefused(ChannelRule rule, string field) =>
        Assert.Contains(FailuresOf(rule), failure => failure.StartsWith($"Channels:Rules '{rule.Pattern}': {field} is ", StringComparison.Ordinal));

    private static IEnumerable<string> FailuresOf(ChannelRule rule)
    {
        var options = new ChannelOptions();
        options.Rules.Add(rule);
        return new ChannelOptionsValidation().Validate(null, options).Failures ?? [];
    }
}
