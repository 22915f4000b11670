using System.Net;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Http;

/// <summary>A browser says which page asks: the server's own may, and those that are configured.</summary>
public sealed class When_another_origin_asks(RunningServer server)
{
    private static readonly string[] Negotiate = ["/hub/negotiate?negotiateVersion=1", "/HUB/negotiate?negotiateVersion=1"];

    private string Own => server.Address.GetLeftPart(UriPartial.Authority);

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("http://127.0.0.1.evil.example")]
    [InlineData("null")]
    [InlineData("no origin")]
    public async Task Should_be_refused(string origin)
    {
        foreach (var path in Negotiate)
            Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(server, HttpMethod.Post, path, origin)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(server, HttpMethod.Post, "/dev/token", origin)).StatusCode);
        using var webSocket = await AskAsync(server, HttpMethod.Get, "/hub", origin, ("Connection", "Upgrade"), ("Upgrade", "websocket"));
        Assert.Equal(HttpStatusCode.Forbidden, webSocket.StatusCode);
    }

    [Fact]
    public async Task Should_let_the_own_page_and_programs_in()
    {
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(server, HttpMethod.Post, Negotiate[0], Own)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(server, HttpMethod.Post, Negotiate[0], origin: null)).StatusCode);
    }

    [Fact]
    public async Task Should_let_a_page_in_that_is_configured_and_tell_its_browser()
    {
        await using var open = await RunningServer.StartAsync("--Web:AllowedOrigins:0", "https://app.example", "--Web:AllowedOrigins:1", "https://*.tenant.example");

        foreach (var origin in (string[])["https://app.example", "https://a.tenant.example"])
        {
            using var answer = await AskAsync(open, HttpMethod.Post, Negotiate[0], origin);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(origin, Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
            Assert.Equal("true", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Credentials")));
            using var asked = await AskAsync(
                open, HttpMethod.Options, Negotiate[0], origin, ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,x-requested-with"));
            Assert.Equal(HttpStatusCode.NoContent, asked.StatusCode);
            Assert.Equal(origin, Assert.Single(asked.Headers.GetValues("Access-Control-Allow-Origin")));
            Assert.Equal("true", Assert.Single(asked.Headers.GetValues("Access-Control-Allow-Credentials")));
            Assert.Equal("authorization,x-requested-with", Assert.Single(asked.Headers.GetValues("Access-Control-Allow-Headers")));
        }

        // An element in a page of the app's asks for more than the hub.
        using var settings = await AskAsync(open, HttpMethod.Get, "/health/live", "https://app.example");
        Assert.Equal("https://app.example", Assert.Single(settings.Headers.GetValues("Access-Control-Allow-Origin")));
        using var unread = await AskAsync(open, HttpMethod.Get, "/health/live", "https://evil.example");
        Assert.False(unread.Headers.Contains("Access-Control-Allow-Origin"));

        using var foreign = await AskAsync(open, HttpMethod.Options, Negotiate[0], "https://evil.example", ("Access-Control-Request-Method", "POST"));
        Assert.Equal((HttpStatusCode.Forbidden, false), (foreign.StatusCode, foreign.Headers.Contains("Access-Control-Allow-Origin")));

        foreach (var origin in (string[])["http://app.example", "https://app.example:8443", "https://tenant.example", "https://atenant.example", "https://a.b.tenant.example.evil.example", "https://evil.example?.tenant.example", @"https://evil.example\.tenant.example"])
            Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(open, HttpMethod.Post, Negotiate[0], origin)).StatusCode);
    }

    [Fact]
    public async Task Should_not_answer_for_a_host_that_is_not_the_servers()
    {
        foreach (var path in (string[])["/", "/hub/negotiate?negotiateVersion=1", "/dev/token"])
        {
            using var answer = await AskAsync(server, HttpMethod.Post, path, origin: null, ("Host", "rebound.example"));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    internal static async Task<HttpResponseMessage> AskAsync(
        RunningServer server, HttpMethod method, string path, string? origin, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(method, path);
        if (origin is not null)
            request.Headers.TryAddWithoutValidation("Origin", origin);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request);
    }
}
