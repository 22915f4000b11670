using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WhatsSound.Channels;
using WhatsSound.Gateway.Control;

namespace WhatsSound.Tests.Gateway.Sockets;

public sealed class When_a_rule_is_asked_for(RunningServer server)
{
    private ControlActs Control => server.Services.GetRequiredService<ControlActs>();

    [Fact]
    public async Task Should_be_named_by_who_subscribes_and_told_in_full()
    {
        var channel = server.NewName("asked");
        await using var client = await server.ConnectAsync();

        var subscribed = await client.ResultAsync("Subscribe", new { channel });
        var asked = await client.ResultAsync("GetRule", new { channel });

        Assert.Equal("*", subscribed.GetProperty("rule").GetString());
        Assert.Equal(channel, asked.GetProperty("channel").GetString());
        Assert.Equal(new ChannelRule { Pattern = "*" }, RuleDocument.Read(asked.GetProperty("rule").GetRawText(), out _));
    }

    [Theory]
    [InlineData("user:somebody-else:notifications", "FORBIDDEN")]
    [InlineData("room:no-such-room:chat", "NOT_MEMBER")]
    public async Task Should_be_for_those_who_may_subscribe(string channel, string code)
    {
        await using var client = await server.ConnectAsync();

        Assert.Equal(code, await client.CodeAsync("GetRule", new { channel }));
    }

    [Fact]
    public async Task Should_be_the_one_that_is_set_while_the_server_runs_and_hold()
    {
        var name = server.NewName("set");
        var channel = $"{name}:1";
        await using var client = await server.ConnectAsync();
        await client.ResultAsync("Subscribe", new { channel });
        using var rule = JsonDocument.Parse("""{"publicationBytesMax":10,"historyBytesMax":65536}""");

        Assert.Null((await Control.SetRuleAsync($"{name}:*", rule.RootElement, TestContext.Current.CancellationToken)).Refusal);
        await Eventually.BecomesTrueAsync(async () => (await client.ResultAsync("GetRule", new { channel })).GetProperty("rule").GetProperty("pattern").GetString() == $"{name}:*");

        Assert.Equal("PAYLOAD_TOO_LARGE", await client.CodeAsync("Publish", new { channel, id = "p1", data = "more than ten bytes" }));
        Assert.Equal(RuleOrigin.Cluster, Control.ReadRuleOf(channel).Origin);
        var all = await Control.ReadRulesAsync(TestContext.Current.CancellationToken);
        Assert.Equal((RuleOrigin.Cluster, RuleOrigin.Product), (all.Single(one => one.Pattern == $"{name}:*").Origin, all.Single(one => one.Pattern == "room:*:chat").Origin));

        Assert.Null((await Control.RemoveRuleAsync($"{name}:*", TestContext.Current.CancellationToken)).Refusal);
        await Eventually.BecomesTrueAsync(async () => (await client.CodeAsync("Publish", new { channel, id = "p1", data = "more than ten bytes" })).Length == 0);
    }

    [Theory]
    [InlineData("""{"pattern":"other:*"}""", "rule")]
    [InlineData("""{"presence":true,"presenceLeaseMs":3000}""", "rule")]
    [InlineData("""{"historyCountMax":0}""", "rule")]
    public async Task Should_be_refused_where_it_cannot_hold(string document, string detail)
    {
        using var rule = JsonDocument.Parse(document);

        var refusal = (await Control.SetRuleAsync("refused:*", rule.RootElement, TestContext.Current.CancellationToken)).Refusal;

        Assert.Equal(("BAD_REQUEST", detail), (refusal?.Code, refusal?.Detail));
    }
}
