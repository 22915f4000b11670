using System.Text.Json;

namespace WhatsSound.Tests.Gateway.Sockets;

public sealed class When_a_client_connects(RunningServer server)
{
    [Fact]
    public async Task Should_be_asked_for_a_token()
    {
        await using var client = await HubClient.ConnectAsync(server.Address);

        Assert.Equal("UNAUTHENTICATED", await client.CodeAsync("Subscribe", new { channel = "news" }));
    }

    [Fact]
    public async Task Should_get_the_time_without_a_token()
    {
        await using var client = await HubClient.ConnectAsync(server.Address);

        var probe = await client.ResultAsync("Time", new { t1Us = 42 });

        Assert.Equal(42, probe.GetProperty("t1Us").GetInt64());
        Assert.True(probe.GetProperty("t3Us").GetInt64() >= probe.GetProperty("t2Us").GetInt64());
    }

    [Fact]
    public async Task Should_be_told_that_its_token_is_wrong_until_it_shows_another()
    {
        await using var client = await HubClient.ConnectAsync(server.Address, "nonsense");
        Assert.Equal("TOKEN_INVALID", await client.CodeAsync("Subscribe", new { channel = "news" }));

        var who = await client.ResultAsync("Authenticate", new { token = server.TokenOf("ada") });

        Assert.Equal("ada", who.GetProperty("userId").GetString());
        Assert.Equal("The ada", who.GetProperty("displayName").GetString());
        Assert.Equal("", await client.CodeAsync("Subscribe", new { channel = "news" }));
    }

    [Fact]
    public async Task Should_be_told_that_its_token_has_expired()
    {
        await using var client = await HubClient.ConnectAsync(server.Address, server.TokenOf("ada", TimeSpan.FromHours(-1)));

        Assert.Equal("TOKEN_EXPIRED", await client.CodeAsync("Subscribe", new { channel = "news" }));
        Assert.Equal("TOKEN_EXPIRED", await client.CodeAsync("Authenticate", new { token = server.TokenOf("ada", TimeSpan.FromHours(-1)) }));
    }

    [Fact]
    public async Task Should_not_become_another_user()
    {
        await using var client = await server.ConnectAsync("ada");

        Assert.Equal("FORBIDDEN", await client.CodeAsync("Authenticate", new { token = server.TokenOf("bob") }));
        Assert.Equal("FORBIDDEN", await client.CodeAsync("Subscribe", new { channel = "news", userId = "bob" }));
        Assert.Equal("", await client.CodeAsync("Subscribe", new { channel = "news", userId = "ada" }));
    }

    [Fact]
    public async Task Should_do_only_what_its_token_allows()
    {
        var capabilities = new Dictionary<string, string[]> { ["news:*"] = ["subscribe"] };
        await using var client = await HubClient.ConnectAsync(server.Address, server.TokenOf("ada", capabilities: capabilities));

        Assert.Equal("", await client.CodeAsync("Subscribe", new { channel = "news:sports" }));
        Assert.Equal("FORBIDDEN", await client.CodeAsync("Subscribe", new { channel = "weather" }));
        Assert.Equal("FORBIDDEN", await client.CodeAsync("Publish", new { channel = "news:sports", id = "1", @event = "said", data = 1 }));
    }

    [Fact]
    public async Task Should_get_a_development_token()
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var content = new StringContent("""{"userId":"eve","name":"Eve"}""", System.Text.Encoding.UTF8, "application/json");

        var response = await http.PostAsync(new Uri("/dev/token", UriKind.Relative), content);
        var token = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("token").GetString();
        await using var client = await HubClient.ConnectAsync(server.Address, token);

        Assert.Equal("", await client.CodeAsync("Subscribe", new { channel = "news" }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"userId\":5}")]
    public async Task Should_be_refused_a_development_token_for_nobody(string body)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var response = await http.PostAsync(new Uri("/dev/token", UriKind.Relative), content);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("BAD_REQUEST", JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Should_find_the_server_healthy(string path)
    {
        using var http = new HttpClient { BaseAddress = server.Address };

        Assert.True((await http.GetAsync(new Uri(path, UriKind.Relative))).IsSuccessStatusCode);
    }
}
