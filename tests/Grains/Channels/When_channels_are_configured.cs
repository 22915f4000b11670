using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Grains;
using WhatsSound.Grains.Streams;

namespace WhatsSound.Tests.Grains.Channels;

public sealed class When_channels_are_configured
{
    [Fact]
    public void Should_replace_a_rule_by_its_pattern_and_keep_the_others()
    {
        var rules = Services(
            ("Channels:Rules:0:Pattern", "room:*:chat"),
            ("Channels:Rules:0:PersistAll", "1.00:00:00"),
            ("Channels:Rules:0:ClientPublish", "false"),
            ("Channels:Rules:0:HistoryCountMax", "64"),
            ("Channels:Rules:1:Pattern", "score:*"),
            ("Channels:Rules:1:ConflateInterval", "00:00:01")).GetRequiredService<IRuleBook>();

        Assert.Equal((TimeSpan.FromHours(24), 64), (rules.For("room:a:chat").PersistAll, rules.For("room:a:chat").HistoryCountMax));
        Assert.Equal(TimeSpan.FromSeconds(1), rules.For("score:match").ConflateInterval);
        Assert.True(rules.For("room:a").Presence);
    }

    [Theory]
    [InlineData("Channels:Rules:0:PersistAll", "00:10:00")]
    [InlineData("Channels:Rules:0:HistoryCountMax", "0")]
    [InlineData("Channels:Rules:0:PresenceGrace", "00:00:01")]
    public void Should_refuse_a_rule_that_cannot_be_kept(string key, string value)
    {
        using var services = Services(("Channels:Rules:0:Pattern", "room:*:chat"), ("Channels:Rules:0:ClientPublish", "false"), (key, value));

        var refused = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IRuleBook>);

        Assert.Contains("room:*:chat", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Lanes:LanesMax", "0")]
    [InlineData("Lanes:QueueFramesMax", "0")]
    [InlineData("Lanes:QueueBytesMax", "1024")]
    [InlineData("Lanes:BatchBytesMax", "1")]
    [InlineData("Lanes:AnswerTimeout", "00:00:00")]
    [InlineData("Lanes:RetryPause", "01:00:00")]
    [InlineData("Lanes:FailuresMax", "0")]
    public void Should_refuse_a_lane_without_its_bounds(string key, string value)
    {
        using var services = Services((key, value));

        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<LaneOptions>>().Value);

        Assert.Contains(key, refused.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)))
            .Build();
        var builder = new SiloParts(configuration);
        builder.AddWhatsSoundGrains();
        return builder.Services.BuildServiceProvider();
    }

    private sealed class SiloParts(IConfiguration configuration) : ISiloBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();

        public IConfiguration Configuration => configuration;
    }
}
