using System.Reflection;
using System.Text.Json;
using WhatsSound.Channels;
using WhatsSound.Settings;

namespace WhatsSound.Tests.Rules.Channels;

public sealed class When_a_rule_is_a_document
{
    private static readonly ChannelRule Plain = new() { Pattern = "a:*" };

    private static readonly ChannelRule Full = new()
    {
        Pattern = "score:*:live",
        HistoryCountMax = 7,
        HistoryBytesMax = 128 * 1024,
        HistoryAge = TimeSpan.FromMilliseconds(1_500),
        PersistLast = true,
        ConflateInterval = TimeSpan.FromMilliseconds(250),
        BatchInterval = TimeSpan.FromMilliseconds(20),
        PresenceDetailMax = 3,
        PresenceLease = TimeSpan.FromSeconds(90),
        PresenceGrace = TimeSpan.Zero,
        ManagedBy = ChannelManager.Nobody,
        TlsOnly = true,
        Anonymous = AnonymousUse.Subscribe | AnonymousUse.History,
        PublicationBytesMax = 1_024,
        PublicationsPerSecondMax = 9,
        ConnectionPublicationsPerSecondMax = 4,
        ChannelPublicationsPerSecondMax = 20,
    };

    public static TheoryData<ChannelRule> Rules => [Plain, Full, .. ChannelOptions.Defaults];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Should_be_read_as_it_was_written(ChannelRule rule)
    {
        var json = RuleDocument.Write(rule);

        Assert.Equal(rule, RuleDocument.Read(json, out var problems));
        Assert.Empty(problems);
        Assert.Equal(rule, RuleDocument.ReadKept(json));
    }

    [Fact]
    public void Should_have_every_field_of_a_rule() => Assert.Equal(
        SettingsSection.SettingsOf(typeof(ChannelRule)).Select(NameOf),
        RuleDocument.Names);

    [Fact]
    public void Should_set_by_each_field_what_it_says() => Assert.All(SettingsSection.SettingsOf(typeof(ChannelRule)).Skip(1), static setting =>
    {
        using var written = JsonDocument.Parse(RuleDocument.Write(Full));
        var one = $$"""{"pattern":"score:*:live","{{NameOf(setting)}}":{{written.RootElement.GetProperty(NameOf(setting)).GetRawText()}}}""";

        // Alone it may be a rule that cannot be, but it is read.
        if (RuleDocument.Read(one, out _) is { } read)
            Assert.Equal(setting.GetValue(Full), setting.GetValue(read));
    });

    [Fact]
    public void Should_have_the_defaults_of_what_it_does_not_say() => Assert.Equal(Plain with { PublicationsPerSecondMax = 5 }, RuleDocument.Read("""{"publicationsPerSecondMax":5}""", out _, "a:*"));

    [Theory]
    [InlineData("", "valid JSON")]
    [InlineData("[]", "an object")]
    [InlineData("{", "valid JSON")]
    [InlineData("{}", "`pattern` is missing")]
    [InlineData("""{"pattern":7}""", "`pattern` must be a string")]
    [InlineData("""{"pattern":"a:*","historyCount":1}""", "`historyCount` is not a field")]
    [InlineData("""{"pattern":"a:*","HistoryCountMax":1}""", "`HistoryCountMax` is not a field")]
    [InlineData("""{"pattern":"a:*","historyCountMax":1,"historyCountMax":2}""", "`historyCountMax` is there twice")]
    [InlineData("""{"pattern":"a:*","historyCountMax":"1"}""", "`historyCountMax` must be a whole number")]
    [InlineData("""{"pattern":"a:*","historyCountMax":1.5}""", "`historyCountMax` must be a whole number")]
    [InlineData("""{"pattern":"a:*","historyCountMax":null}""", "`historyCountMax` must be a whole number")]
    [InlineData("""{"pattern":"a:*","presence":1}""", "`presence` must be true or false")]
    [InlineData("""{"pattern":"a:*","historyAgeMs":null}""", "`historyAgeMs` must be a number of milliseconds")]
    [InlineData("""{"pattern":"a:*","historyAgeMs":-1}""", "`historyAgeMs` must be a number of milliseconds")]
    [InlineData("""{"pattern":"a:*","historyAgeMs":1e300}""", "`historyAgeMs` must be a number of milliseconds")]
    [InlineData("""{"pattern":"a:*","persistAllMs":"1.00:00:00"}""", "`persistAllMs` must be a number of milliseconds, or null")]
    [InlineData("""{"pattern":"a:*","managedBy":"somebody"}""", "`managedBy` must be 'nobody' or 'room', or null")]
    [InlineData("""{"pattern":"a:*","anonymous":"subscribe"}""", "`anonymous` must be a list")]
    [InlineData("""{"pattern":"a:*","anonymous":["subscribe","subscribe"]}""", "each at most once")]
    [InlineData("""{"pattern":"a:*","anonymous":["nothing"]}""", "`anonymous` must be a list")]
    [InlineData("""{"pattern":"a:*","historyCountMax":0}""", "HistoryCountMax is 0")]
    [InlineData("""{"pattern":"a:*","anonymous":["subscribe"],"identified":true}""", "exclude each other")]
    [InlineData("""{"pattern":"room:*:chat","clientPublish":false}""", "depend on it")]
    [InlineData("""{"pattern":"a:*","presence":{"a":{"b":{"c":{}}}}}""", "valid JSON")]
    public void Should_say_what_is_wrong(string json, string words)
    {
        Assert.Null(RuleDocument.Read(json, out var problems));
        Assert.Contains(problems, problem => problem.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void Should_refuse_another_pattern_than_the_one_that_it_is_for()
    {
        Assert.Null(RuleDocument.Read("""{"pattern":"b:*"}""", out var problems, "a:*"));
        Assert.Equal(["`pattern` must be 'a:*', or absent."], problems);
    }

    [Fact]
    public void Should_be_bounded()
    {
        Assert.Null(RuleDocument.Read($$"""{"pattern":"a:*"{{new string(' ', RuleDocument.BytesMax)}}}""", out var problems));
        Assert.Contains("bytes", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_pass_over_what_a_newer_version_has_kept()
    {
        const string json = """{"pattern":"a:*","ofTheFuture":[1],"historyCountMax":3}""";

        Assert.Null(RuleDocument.Read(json, out _));
        Assert.Equal(Plain with { HistoryCountMax = 3 }, RuleDocument.ReadKept(json));
    }

    private static string NameOf(PropertyInfo setting)
    {
        var isTime = (Nullable.GetUnderlyingType(setting.PropertyType) ?? setting.PropertyType) == typeof(TimeSpan);
        return JsonNamingPolicy.CamelCase.ConvertName(setting.Name) + (isTime ? "Ms" : "");
    }
}
