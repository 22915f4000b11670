using System.Net;

namespace WhatsSound.Tests.Gateway.Http.Api;

public sealed class When_a_token_is_issued(ApiServer api) : IClassFixture<ApiServer>
{
    private static readonly string[] All = ["subscribe", "publish", "presence", "admin"];
    private static readonly string[] Little = ["subscribe"];
    private static readonly string[] ToRead = ["subscribe", "publish"];

    [Fact]
    public async Task Should_allow_its_user_what_it_says_and_nothing_else()
    {
        var (channel, userId) = (api.Server.NewName("news"), api.Server.NewName("ada"));
        var issued = await IssueAsync(Admin("*", All), new { ofUserId = userId, name = "Ada", lifetimeMs = 60_000, capabilities = Of(channel, Little) });
        Assert.Equal((HttpStatusCode.OK, ""), (issued.Status, issued.Code));
        var token = issued.Json.GetProperty("token").GetString()!;

        var read = await api.GetAsync($"/v1/channels/{channel}/history", token);
        var published = await api.PostAsync($"/v1/channels/{channel}/publications", token, new { id = "1", data = 1 });
        var other = await api.GetAsync("/v1/channels/other/history", token);

        Assert.Equal(["", "FORBIDDEN", "FORBIDDEN"], new[] { read, published, other }.Select(static answer => answer.Code));
        Assert.InRange(issued.Json.GetProperty("expiresAtMs").GetInt64() - DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), 1, 60_000);
    }

    [Fact]
    public async Task Should_not_outlast_the_one_that_asks_for_it()
    {
        var admin = api.Server.TokenOf("backend", TimeSpan.FromMinutes(5), new Dictionary<string, string[]> { ["*"] = All });

        var issued = await IssueAsync(admin, new { ofUserId = "ada", lifetimeMs = 86_400_000, capabilities = Of("*", Little) });

        Assert.InRange(issued.Json.GetProperty("expiresAtMs").GetInt64() - DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), 1, 300_000);
    }

    [Theory]
    [InlineData("news:today", "news:*")]
    [InlineData("news:*", "*")]
    [InlineData("news:*", "news:*:*")]
    [InlineData("user:ada:*", "user:*:notifications")]
    public async Task Should_allow_nothing_that_the_one_does_not_allow_that_asks_for_it(string own, string asked)
    {
        // The right to issue is on everything; of what it issues its own is a part.
        var admin = api.Server.TokenOf("backend", capabilities: new Dictionary<string, string[]> { ["*"] = ["admin"], [own] = ["subscribe", "publish"] });

        var (wider, more) = (await IssueAsync(admin, new { ofUserId = "ada", lifetimeMs = 1_000, capabilities = Of(asked, Little) }), await IssueAsync(admin, new { ofUserId = "ada", lifetimeMs = 1_000, capabilities = Of(own, All) }));
        var narrow = await IssueAsync(admin, new { ofUserId = "ada", lifetimeMs = 1_000, capabilities = Of(own, ToRead) });

        var isPart = own == "news:*" && asked == "news:*:*";
        Assert.Equal((isPart ? "" : "FORBIDDEN", "FORBIDDEN", ""), (wider.Code, more.Code, narrow.Code));
    }

    /// <summary>Otherwise one would give the next for ever, whatever becomes of whoever had the first.</summary>
    [Fact]
    public async Task Should_not_be_an_administrators_by_a_token()
    {
        var answer = await IssueAsync(Admin("*", All), new { ofUserId = "ada", lifetimeMs = 1_000, capabilities = Of("*", All) });

        Assert.Equal(("FORBIDDEN", "capabilities"), (answer.Code, answer.Detail));
    }

    [Fact]
    public async Task Should_count_no_more_than_the_one_that_asked_for_it_until_that_is_taken_back_again()
    {
        var (channel, backend) = (api.Server.NewName("news"), api.Server.NewName("backend"));
        var admin = api.Server.TokenOf(backend, capabilities: Of("*", All));
        var token = (await IssueAsync(admin, new { ofUserId = api.Server.NewName("ada"), lifetimeMs = 60_000, capabilities = Of(channel, Little) })).Json.GetProperty("token").GetString()!;
        Assert.Equal("", await ReadAsync());

        var revoked = await api.PostAsync("/v1/revocations", Admin("*", All), new { kind = "user", value = backend, issuedBeforeMs = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeMilliseconds() });

        Assert.Equal("", revoked.Code);
        while (await ReadAsync() != "TOKEN_REVOKED")
            await Task.Yield();
        Assert.Equal("", (await api.SendAsync("DELETE", $"/v1/revocations/{revoked.Json.GetProperty("version").GetInt64()}", Admin("*", All))).Code);
        while (await ReadAsync() != "")
            await Task.Yield();

        async Task<string> ReadAsync() => (await api.GetAsync($"/v1/channels/{channel}/history", token)).Code;
    }

    [Fact]
    public async Task Should_count_no_more_once_the_key_is_taken_back_that_gave_it()
    {
        var channel = api.Server.NewName("news:it");
        var body = System.Text.Json.JsonSerializer.Serialize(new { ofUserId = api.Server.NewName("ada"), lifetimeMs = 60_000, capabilities = Of(channel, Little) });
        var token = (await api.SignAndSendAsync("/v1/tokens", body, "nonce-of-token")).Json.GetProperty("token").GetString()!;
        Assert.Equal("", await ReadAsync());

        var revoked = await api.PostAsync("/v1/revocations", Admin("*", All), new { kind = "key", value = Identity.Keys.Name });

        Assert.Equal("", revoked.Code);
        while (await ReadAsync() != "TOKEN_REVOKED")
            await Task.Yield();
        Assert.Equal("", (await api.SendAsync("DELETE", $"/v1/revocations/{revoked.Json.GetProperty("version").GetInt64()}", Admin("*", All))).Code);

        async Task<string> ReadAsync() => (await api.GetAsync($"/v1/channels/{channel}/history", token)).Code;
    }

    [Fact]
    public async Task Should_be_refused_to_whoever_is_not_given_the_right()
    {
        var body = new { ofUserId = "ada", lifetimeMs = 1_000, capabilities = Of("*", Little) };

        Assert.Equal("FORBIDDEN", (await IssueAsync(api.Server.TokenOf("ada"), body)).Code);
        Assert.Equal("FORBIDDEN", (await IssueAsync(Admin("*", Little), body)).Code);
        Assert.Equal("FORBIDDEN", (await IssueAsync(Admin("news:*", All), body)).Code);
    }

    [Theory]
    [InlineData("""{"news":["fly"]}""")]
    [InlineData("""{"news":"subscribe"}""")]
    [InlineData("""{"news":[1]}""")]
    [InlineData("""{":news":["subscribe"]}""")]
    public async Task Should_refuse_rights_that_mean_nothing(string capabilities)
    {
        var answer = await api.SendAsync("POST", "/v1/tokens", Admin("*", All), $$"""{"ofUserId":"ada","lifetimeMs":1000,"capabilities":{{capabilities}}}""");

        Assert.Equal((HttpStatusCode.BadRequest, "BAD_REQUEST", "capabilities"), (answer.Status, answer.Code, answer.Detail));
    }

    private static Dictionary<string, string[]> Of(string pattern, string[] words) => new() { [pattern] = words };

    private string Admin(string pattern, string[] words) => api.Server.TokenOf("backend", capabilities: Of(pattern, words));

    private Task<ApiAnswer> IssueAsync(string token, object body) => api.PostAsync("/v1/tokens", token, body);
}
