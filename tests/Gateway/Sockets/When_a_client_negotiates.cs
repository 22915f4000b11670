using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Tests.Gateway.Http;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>A negotiation makes something that waits for a connection: it counts as that connection, which does not count again.</summary>
public sealed class When_a_client_negotiates
{
    private const string Path = "/hub/negotiate?negotiateVersion=1";

    [Fact]
    public async Task Should_count_as_a_connection()
    {
        await using var server = await RunningServer.StartAsync("--Sessions:ConnectBurstMax", "3", "--Sessions:ConnectsPerSecondMax", "1");
        List<HttpStatusCode> answers = [];
        for (var i = 0; i < 10; i++)
        {
            using var answer = await When_another_origin_asks.AskAsync(server, HttpMethod.Post, i % 2 == 0 ? Path : "/HUB/Negotiate", origin: null);
            answers.Add(answer.StatusCode);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter!.Delta);
                Assert.Contains("RATE_LIMITED", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK], answers.Take(3));
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
    }

    [Fact]
    public async Task Should_not_count_the_connection_again()
    {
        await using var server = await RunningServer.StartAsync("--Sessions:ConnectBurstMax", "1", "--Sessions:ConnectsPerSecondMax", "1");

        await using var client = await EventStreamClient.ConnectAsync(server.Address, server.TokenOf("ada"));

        Assert.Equal(HttpStatusCode.OK, client.Response.StatusCode);
        var sessions = server.Services.GetRequiredService<SessionRegistry>();
        await Eventually.BecomesTrueAsync(() => sessions.All.Any(session => session.Identity?.UserId == "ada"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Should_be_called_something_else_than_its_transport_is_written_to_by(int version)
    {
        await using var server = await RunningServer.StartAsync();
        await using var client = await EventStreamClient.ConnectAsync(server.Address, server.TokenOf("ada"), version);

        var sessions = server.Services.GetRequiredService<SessionRegistry>();
        await Eventually.BecomesTrueAsync(() => sessions.All.Any());

        // Whoever is in a channel with it is shown the name, and could speak as ada by the other.
        Assert.NotEqual(client.TransportId, sessions.All.Single().Id);
    }

    [Theory]
    [InlineData("?id=")]
    [InlineData("?ID=")]
    [InlineData("?id")]
    public async Task Should_count_what_claims_a_negotiation_and_names_none(string query)
    {
        await using var server = await RunningServer.StartAsync("--Sessions:ConnectBurstMax", "1", "--Sessions:ConnectsPerSecondMax", "1");

        var answers = new List<string>();
        for (var i = 0; i < 5; i++)
            answers.Add(await HandshakeAsync(server, query));

        Assert.Equal("{}", answers[0]);
        Assert.Contains(answers, answer => answer.Contains("\"error\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/hub?id=")]
    [InlineData("/hub/negotiate?negotiateVersion=1&id=x")]
    public async Task Should_begin_nothing_at_a_server_that_goes(string path)
    {
        await using var server = await RunningServer.StartAsync();
        await server.Services.GetRequiredService<Drain>().RunAsync();

        using var answer = await When_another_origin_asks.AskAsync(server, HttpMethod.Post, path, origin: null);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    private static async Task<string> HandshakeAsync(RunningServer server, string query)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/hub", Query = query }.Uri, CancellationToken.None);
        await socket.SendAsync("{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var buffer = new byte[1024];
        var read = await socket.ReceiveAsync(buffer, CancellationToken.None);
        return Encoding.UTF8.GetString(buffer, 0, read.Count).TrimEnd('\u001e');
    }
}
