using System.Net;
using System.Text.Json;

namespace WhatsSound.Tests.Gateway.Http.Api;

/// <summary>They hold without a restart, are shown with who has said them, and are taken back.</summary>
public sealed class When_rules_are_set_by_http(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Should_hold_until_it_is_taken_back()
    {
        var (pattern, token) = ($"{api.Server.NewName("quiet")}:*", Admin());
        var channel = pattern.Replace("*", "1", StringComparison.Ordinal);

        var set = await api.SendAsync("PUT", $"/v1/rules/{pattern}", token, """{"rule":{"clientPublish":false}}""");
        var shown = await RuleAsync(pattern);
        await HoldsAsync(channel, pattern);
        var refused = await api.PostAsync($"/v1/channels/{channel}/publications", token, new { id = "1", data = 1 });
        var removed = await api.SendAsync("DELETE", $"/v1/rules/{pattern}", token, (byte[]?)null);
        await HoldsAsync(channel, "*");

        Assert.Equal(("", "", "FORBIDDEN"), (set.Code, removed.Code, refused.Code));
        Assert.Equal(("cluster", false), (shown?.GetProperty("origin").GetString(), shown?.GetProperty("rule").GetProperty("clientPublish").GetBoolean()));
        Assert.Null(await RuleAsync(pattern));
        Assert.Equal("", (await api.PostAsync($"/v1/channels/{channel}/publications", token, new { id = "1", data = 1 })).Code);
    }

    [Fact]
    public async Task Should_show_the_product_s_own_with_their_origin() => Assert.Equal("product", (await RuleAsync("room:*:chat"))?.GetProperty("origin").GetString());

    [Theory]
    [InlineData("""{"rule":{"historyCountMax":0}}""", "rule")]
    [InlineData("""{"rule":{"flies":true}}""", "rule")]
    [InlineData("""{"rule":{"pattern":"other"}}""", "rule")]
    public async Task Should_refuse_what_is_no_rule(string body, string detail)
    {
        var answer = await api.SendAsync("PUT", "/v1/rules/no:rule", Admin(), body);

        Assert.Equal((HttpStatusCode.BadRequest, "BAD_REQUEST", detail), (answer.Status, answer.Code, answer.Detail));
        Assert.Null(await RuleAsync("no:rule"));
    }

    private string Admin() => api.Server.TokenOf("backend", capabilities: new Dictionary<string, string[]> { ["*"] = ["admin", "publish", "subscribe"] });

    private async Task<JsonElement?> RuleAsync(string pattern) => (await api.GetAsync("/v1/rules", Admin())).Json.GetProperty("rules").EnumerateArray()
        .Where(rule => rule.GetProperty("pattern").GetString() == pattern).Select(static rule => (JsonElement?)rule).SingleOrDefault();

    /// <summary>Done when this gateway has it that the channel is under this rule.</summary>
    private async Task HoldsAsync(string channel, string pattern)
    {
        while ((await api.GetAsync($"/v1/channels/{channel}/rule", Admin())).Json.GetProperty("rule").GetProperty("pattern").GetString() != pattern)
            await Task.Yield();
    }
}
