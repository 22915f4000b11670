using System.Net;
using Microsoft.AspNetCore.Http;
using WhatsSound.Gateway.Http;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Http;

public sealed class When_a_development_token_is_asked_for(RunningServer server)
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:5080", null, null, true)]
    [InlineData("::1", "[::1]:5080", null, null, true)]
    [InlineData("::ffff:127.0.0.1", "localhost", null, null, true)]
    [InlineData("127.0.0.1", "localhost:5080", "http://localhost:5080", null, true)]
    [InlineData("192.0.2.1", "127.0.0.1:5080", null, null, false)]
    [InlineData("127.0.0.1", "rebound.example:5080", null, null, false)]
    [InlineData("127.0.0.1", "rebound.example:5080", "http://rebound.example:5080", null, false)]
    [InlineData("127.0.0.1", "", null, null, false)]
    [InlineData("127.0.0.1", "localhost:5080", "https://foreign.example", null, false)]
    [InlineData("127.0.0.1", "localhost:5080", "http://localhost:3000", null, false)]
    [InlineData("127.0.0.1", "localhost:5080", "null", null, false)]
    [InlineData("127.0.0.1", "localhost:5080", null, "192.0.2.1", false)]
    [InlineData(null, "localhost:5080", null, null, false)]
    public void Should_be_for_this_machine_itself(string? peer, string host, string? origin, string? forwardedFor, bool isGiven)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
        http.Request.Host = new HostString(host);
        if (origin is not null)
            http.Request.Headers.Origin = origin;
        if (forwardedFor is not null)
            http.Request.Headers["X-Forwarded-For"] = forwardedFor;

        Assert.Equal(isGiven, DevelopmentPeer.IsLocal(http));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData("https://foreign.example", HttpStatusCode.Forbidden)]
    public async Task Should_be_refused_to_pages_of_others(string? origin, HttpStatusCode status)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/dev/token")) { Content = new StringContent("""{"userId":"ada"}""") };
        if (origin is not null)
            request.Headers.Add("Origin", origin);

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("http://localhost:5080", true)]
    [InlineData("https://[::1]:5081", true)]
    [InlineData("http://0.0.0.0:5080", false)]
    [InlineData("http://[::]:5080", false)]
    [InlineData("http://192.168.1.7:5080", false)]
    public void Should_know_which_addresses_others_can_reach(string address, bool isLocal) => Assert.Equal(isLocal, DevelopmentPeer.IsLocalAddress(address));
}
