using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Gateway;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Publications;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>The services of a gateway without those of a silo: what an operator configured is enforced there too.</summary>
public sealed class When_a_gateway_stands_alone
{
    private static readonly PublishRequest Something = new() { Id = "p1", Event = "said", Data = new Payload("{}"u8.ToArray()) };

    [Theory]
    [InlineData("ClientUse", "false", RefusalCode.Forbidden)]
    [InlineData("ClientPublish", "false", RefusalCode.Forbidden)]
    [InlineData("TlsOnly", "true", RefusalCode.TlsRequired)]
    public async Task Should_refuse_a_publication_by_a_configured_rule(string rule, string value, string code)
    {
        await using var services = Services(("Channels:Rules:0:Pattern", "news"), ($"Channels:Rules:0:{rule}", value));
        var session = new Session("c1", "test", isTls: false, new RecordingSocket(), services.GetRequiredService<OutboxPolicy>())
        {
            Identity = new SessionIdentity { UserId = "ada", ExpiresAt = DateTimeOffset.MaxValue },
        };

        var answer = await services.GetRequiredService<ChannelActs>().PublishAsync(session, "news", Something);

        Assert.Equal(code, answer.Refusal?.Code);
    }

    [Fact]
    public async Task Should_take_named_channels_only_where_all_others_are_closed()
    {
        await using var services = Services(
            ("Channels:Rules:0:Pattern", "*"), ("Channels:Rules:0:ClientUse", "false"), ("Channels:Rules:1:Pattern", "news:*"));
        var channels = services.GetRequiredService<SessionChannels>();
        var session = new Session("c1", "test", isTls: false, new RecordingSocket(), services.GetRequiredService<OutboxPolicy>())
        {
            Identity = new SessionIdentity { UserId = "ada", ExpiresAt = DateTimeOffset.MaxValue },
        };

        var refused = await channels.SubscribeAsync(session, "anything", new(new RecoverRequest()));

        Assert.Equal((RefusalCode.Forbidden, "channel"), (refused.Refusal?.Code, refused.Refusal?.Detail));
        Assert.Null((await services.GetRequiredService<ChannelActs>().PublishAsync(session, "news:today", Something)).Refusal);
        Assert.Equal(RefusalCode.NotMember, (await channels.SubscribeAsync(session, "room:jazz:chat", new(new RecoverRequest()))).Refusal?.Code);
    }

    [Fact]
    public async Task Should_refuse_a_rule_that_cannot_be_kept()
    {
        await using var services = Services(("Channels:Rules:0:Pattern", "news"), ("Channels:Rules:0:HistoryCountMax", "0"));

        var refused = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IRuleBook>);

        Assert.Contains("HistoryCountMax", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SignalR:KeepAliveInterval", "00:00:25", "at least 00:01:13", "00:01:13")]
    [InlineData("Delivery:RenewInterval", "00:00:15", "at least 00:01:05", "00:01:05")]
    public async Task Should_refuse_a_lease_that_ends_before_clients_have_come_back(string setting, string value, string said, string enough)
    {
        await using var services = Services((setting, value));
        var refused = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IRuleBook>);
        Assert.StartsWith($"Channels:Rules 'room:*': PresenceLease is 00:01:00; it must be {said}, ", refused.Message, StringComparison.Ordinal);

        await using var mended = Services((setting, value), ("Channels:Rules:0:Pattern", "room:*"), ("Channels:Rules:0:Presence", "true"), ("Channels:Rules:0:ClientPublish", "false"), ("Channels:Rules:0:PresenceLease", enough));
        Assert.Equal(enough, mended.GetRequiredService<IRuleBook>().For("room:jazz").PresenceLease.ToString());
    }

    [Fact]
    public async Task Should_have_each_rule_once_where_a_silo_shares_the_process()
    {
        var configuration = Configuration(("Channels:Rules:0:Pattern", "news"));
        await using var services = new ServiceCollection().AddChannelRules(configuration).AddChannelRules(configuration).BuildServiceProvider();

        Assert.Equal(ChannelOptions.Defaults.Count + 1, services.GetRequiredService<IOptions<ChannelOptions>>().Value.Rules.Count);
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings) =>
        new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = Environments.Production })
            .AddSingleton<IClusterClient, FakeCluster>()
            .AddWhatsSoundGateway(Configuration([.. settings, ("Identity:SigningKey", "a key for tests that is long enough to sign with")]))
            .BuildServiceProvider();

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => KeyValuePair.Create<string, string?>(one.Key, one.Value))).Build();
}
