using System.Text.Json;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Http.Api;

/// <summary>The two are the same: to whoever listens, to the ids, and to the limits.</summary>
public sealed class When_one_publishes_by_http_and_by_socket(RunningServer server) : IAsyncLifetime
{
    private readonly HttpClient _http = new() { BaseAddress = server.Address };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Should_have_one_effect_under_one_id()
    {
        var (user, channel) = (server.NewName("ada"), server.NewName("news"));
        await using var client = await server.ConnectAsync(user);
        await client.ResultAsync("Subscribe", new { channel });

        var bySocket = await client.ResultAsync("Publish", new { channel, id = "1", data = "first" });
        var byHttp = await PublishAsync(user, channel, new { id = "1", data = "second" });
        var newByHttp = await PublishAsync(user, channel, new { id = "2", data = "third" });
        var newBySocket = await client.ResultAsync("Publish", new { channel, id = "2", data = "fourth" });

        Assert.Equal((bySocket.GetRawText(), newByHttp.Json.GetRawText()), (byHttp.Json.GetRawText(), newBySocket.GetRawText()));
        Assert.Equal(["\"first\"", "\"third\""], (await client.PublicationsAsync(channel, upTo: 2)).Select(static one => one.GetProperty("data").GetRawText()));
    }

    [Fact]
    public async Task Should_reach_who_listens_as_it_came()
    {
        var (user, channel) = (server.NewName("ada"), server.NewName("news"));
        await using var client = await server.ConnectAsync();
        await client.ResultAsync("Subscribe", new { channel });
        const string data = """{ "a" : 1.50, "b":"\u00e9 é <" }""";

        using var answer = await SendAsync(user, channel, $$"""{"id":"1","event":"said","key":"k","headers":{"lang":"en"},"extras":{"x":1},"data":{{data}}}""");
        Assert.Equal("", (await ApiAnswer.ReadAsync(answer)).Code);

        var publication = Assert.Single(await client.PublicationsAsync(channel, upTo: 1));
        Assert.Equal(data, publication.GetProperty("data").GetRawText());
        Assert.Equal((user, "said", "k", "en"), (publication.GetProperty("publisher").GetString(), publication.GetProperty("event").GetString(), publication.GetProperty("key").GetString(), publication.GetProperty("headers").GetProperty("lang").GetString()));
        Assert.False(publication.TryGetProperty("connection", out var connection) && connection.ValueKind != JsonValueKind.Null);
    }

    [Fact]
    public async Task Should_count_against_one_limit()
    {
        var (user, channel) = (server.NewName("eager"), server.NewName("news"));
        await using var client = await server.ConnectAsync(user);

        var (taken, code) = (0, "");
        for (; taken < 1_000 && code.Length == 0; taken++)
        {
            code = taken % 2 == 0
                ? await client.CodeAsync("Publish", new { channel, id = $"{taken}", data = 1 })
                : (await PublishAsync(user, channel, new { id = $"{taken}", data = 1 })).Code;
        }

        Assert.Equal("RATE_LIMITED", code);
        // A second's worth at once, and what came in again meanwhile.
        Assert.True(taken > 50, $"{taken}");
    }

    [Fact]
    public async Task Should_read_by_http_what_came_by_socket()
    {
        var (user, channel) = (server.NewName("ada"), server.NewName("news"));
        await using var client = await server.ConnectAsync(user);
        for (var number = 1; number <= 5; number++)
            await client.ResultAsync("Publish", new { channel, id = $"{number}", @event = number % 2 == 0 ? "even" : "odd", data = number });

        var page = await GetAsync(user, $"/v1/channels/{channel}/history?max=2");
        var all = await GetAsync(user, $"/v1/channels/{channel}/history?direction=forward&after=1&events=odd&events=even");
        var odd = await GetAsync(user, $"/v1/channels/{channel}/history?events=odd");
        var bySocket = await client.ResultAsync("GetHistory", new { channel, max = 2 });

        Assert.Equal(bySocket.GetRawText(), page.Json.GetRawText());
        Assert.Equal([2, 3, 4, 5], OffsetsOf(all));
        Assert.Equal([1, 3, 5], OffsetsOf(odd));
    }

    [Fact]
    public async Task Should_say_by_http_who_is_there_and_how_many()
    {
        await using var own = await RunningServer.StartAsync("--Channels:Rules:0:Pattern", "lobby:*", "--Channels:Rules:0:Presence", "true");
        await using var client = await own.ConnectAsync("ada");
        await client.ResultAsync("Subscribe", new { channel = "lobby:1" });
        var here = await client.ResultAsync("EnterPresence", new { channel = "lobby:1", info = new { mood = "curious" } });
        // Pages of connections are of what was told.
        await client.PublicationsAsync("lobby:1", upTo: 1);
        using var http = new HttpClient { BaseAddress = own.Address, DefaultRequestHeaders = { { "Authorization", $"Bearer {own.TokenOf("bob")}" } } };

        using var presence = await http.GetAsync("/v1/channels/lobby:1/presence");
        using var connections = await http.GetAsync("/v1/channels/lobby:1/presence?connections=true");
        using var occupancy = await http.GetAsync("/v1/channels/lobby%3A1/occupancy");
        using var disabled = await http.GetAsync("/v1/channels/news/presence");
        using var attached = await http.GetAsync("/v1/channels/lobby:1/history?untilAttach=true");

        Assert.Equal(here.GetProperty("members").GetRawText(), (await ApiAnswer.ReadAsync(presence)).Json.GetProperty("members").GetRawText());
        var bySocket = await client.ResultAsync("GetPresence", new { channel = "lobby:1", connections = true });
        Assert.Equal(bySocket.GetProperty("connections").GetRawText(), (await ApiAnswer.ReadAsync(connections)).Json.GetProperty("connections").GetRawText());
        Assert.Equal((1, 1), (await ApiAnswer.ReadAsync(occupancy)).Json is var read ? (read.GetProperty("users").GetInt32(), read.GetProperty("connections").GetInt32()) : default);
        Assert.Equal("PRESENCE_DISABLED", (await ApiAnswer.ReadAsync(disabled)).Code);
        Assert.Equal("NOT_SUBSCRIBED", (await ApiAnswer.ReadAsync(attached)).Code);
    }

    private static IEnumerable<long> OffsetsOf(ApiAnswer page) => page.Json.GetProperty("publications").EnumerateArray().Select(static one => one.GetProperty("offset").GetInt64());

    private async Task<ApiAnswer> GetAsync(string userId, string target)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target) { Headers = { { "Authorization", $"Bearer {server.TokenOf(userId)}" } } };
        using var response = await _http.SendAsync(request);
        return await ApiAnswer.ReadAsync(response);
    }

    private async Task<ApiAnswer> PublishAsync(string userId, string channel, object publication)
    {
        using var response = await SendAsync(userId, channel, JsonSerializer.Serialize(publication));
        return await ApiAnswer.ReadAsync(response);
    }

    private async Task<HttpResponseMessage> SendAsync(string userId, string channel, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/channels/{channel}/publications")
        {
            Content = new StringContent(body), Headers = { { "Authorization", $"Bearer {server.TokenOf(userId)}" } },
        };
        return await _http.SendAsync(request);
    }
}
