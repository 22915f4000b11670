using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Doors.SignalR;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>Proxies end what is silent, hold back what they are not told to pass on, and end TLS; networks break requests in the middle.</summary>
public sealed class When_there_is_a_proxy_in_between(RunningServer server)
{
    // What a proxy gives an answer, is 60 s by default, and 30 s in strict ones.
    private static readonly TimeSpan PollMax = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_answer_a_poll_before_the_proxy_ends_it()
    {
        Assert.InRange(new HubDoorOptions().PollTimeout, TimeSpan.FromSeconds(1), PollMax);
        await using var quick = await RunningServer.StartAsync("--SignalR:PollTimeout", "00:00:00.300");
        using var http = new HttpClient { BaseAddress = quick.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", quick.TokenOf("ada"));
        var id = await EventStreamClient.NegotiateAsync(http);
        var address = new Uri($"/hub?id={Uri.EscapeDataString(id)}", UriKind.Relative);

        for (var i = 0; i < 3; i++)
        {
            using var poll = await http.GetAsync(address).WaitAsync(Soon);
            Assert.Equal(HttpStatusCode.OK, poll.StatusCode);
        }
    }

    [Fact]
    public async Task Should_tell_it_not_to_hold_events_back()
    {
        await using var client = await EventStreamClient.ConnectAsync(server.Address, server.TokenOf("ada"));

        Assert.Equal("no", Assert.Single(client.Response.Headers.GetValues("X-Accel-Buffering")));
        Assert.True(client.Response.Headers.CacheControl!.NoCache);
    }

    [Theory]
    [InlineData("/hub")]
    [InlineData("/HUB")]
    public async Task Should_be_told_so_however_the_address_is_written(string path)
    {
        using var http = new HttpClient { BaseAddress = server.Address };

        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal("no", Assert.Single(answer.Headers.GetValues("X-Accel-Buffering")));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", false)]
    public async Task Should_believe_a_known_proxy_that_the_client_came_over_tls(string known, bool isBelieved)
    {
        await using var behind = await RunningServer.StartAsync("--Web:KnownProxies:0", known);
        var userId = behind.NewName("user");
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.SetRequestHeader("X-Forwarded-Proto", "https");
        socket.Options.SetRequestHeader("X-Forwarded-For", "203.0.113.7");
        var address = new UriBuilder(behind.Address) { Scheme = "ws", Path = "/hub", Query = $"?access_token={behind.TokenOf(userId)}" }.Uri;
        await socket.ConnectAsync(address, CancellationToken.None);
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"), System.Net.WebSockets.WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

        var sessions = behind.Services.GetRequiredService<SessionRegistry>();
        await Eventually.BecomesTrueAsync(() => sessions.All.Any(session => session.Identity?.UserId == userId));

        Assert.Equal(isBelieved, sessions.All.Single(session => session.Identity?.UserId == userId).IsTls);
    }

    [Theory]
    [InlineData("127.0.0.1", "203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.0/8", "203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "2001:db8:1:2::7", "20010db800010002")]
    [InlineData("127.0.0.1", "[2001:db8:1:2::7]:4711", "20010db800010002")]
    [InlineData("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "nowhere", "127.0.0.1")]
    [InlineData("10.1.2.3", "203.0.113.7", "127.0.0.1")]
    [InlineData(null, "203.0.113.7", "127.0.0.1")]
    public async Task Should_count_a_client_by_the_address_that_a_known_proxy_names(string? known, string forwarded, string counted)
    {
        await using var behind = await RunningServer.StartAsync(known is null ? [] : ["--Web:KnownProxies:0", known]);
        var userId = behind.NewName("user");
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.SetRequestHeader("X-Forwarded-For", forwarded);
        var address = new UriBuilder(behind.Address) { Scheme = "ws", Path = "/hub", Query = $"?access_token={behind.TokenOf(userId)}" }.Uri;
        await socket.ConnectAsync(address, CancellationToken.None);
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"), System.Net.WebSockets.WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

        var sessions = behind.Services.GetRequiredService<SessionRegistry>();
        await Eventually.BecomesTrueAsync(() => sessions.All.Any(session => session.Identity?.UserId == userId));

        Assert.Equal(counted, sessions.All.Single(session => session.Identity?.UserId == userId).AddressKey);
    }

    [Fact]
    public async Task Should_not_log_a_request_that_broke_off()
    {
        await using var own = await RunningServer.StartAsync();
        using var http = new HttpClient { BaseAddress = own.Address };
        var id = await EventStreamClient.NegotiateAsync(http);
        using var listen = new HttpRequestMessage(HttpMethod.Get, $"/hub?id={id}");
        listen.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var stream = await http.SendAsync(listen, HttpCompletionOption.ResponseHeadersRead);

        foreach (var path in (string[])[$"/hub?id={id}", "/dev/token"])
            Assert.Contains("400", await SendRawAsync(own.Address, $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"), StringComparison.Ordinal);

        Assert.DoesNotContain(own.Log.Lines, line => line.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task Should_take_a_token_as_long_as_is_promised_in_the_query()
    {
        var longest = server.Services.GetRequiredService<IOptions<WhatsSound.Gateway.Identity.IdentityOptions>>().Value.TokenCharsMax;
        var capabilities = Enumerable.Range(0, longest / 310).ToDictionary(number => $"{new string('x', 200)}{number}", _ => (string[])["publish"]);
        capabilities["*"] = ["subscribe"];
        var token = server.TokenOf("ada", capabilities: capabilities);
        Assert.InRange(token.Length, longest * 9 / 10, longest);

        await using var client = await RawHubClient.ConnectAsync(server.Address, token);

        await client.ResultAsync("Subscribe", new { channel = "news" });
    }

    [Fact]
    public async Task Should_not_put_tokens_and_what_people_say_into_the_log()
    {
        await using var wordy = await RunningServer.StartAsync("--Logging:LogLevel:Default", "Debug", "--Logging:LogLevel:Microsoft", "Debug", "--Logging:LogLevel:WhatsSound", "Trace");
        var token = wordy.TokenOf("ada");
        await using var client = await RawHubClient.ConnectAsync(wordy.Address, token);
        await client.ResultAsync("Authenticate", new { token });
        await client.ResultAsync("Publish", new { channel = "news", id = "1", @event = "said", data = "a word in private" });

        // It is wordy, or this test would hold nothing.
        Assert.Contains(wordy.Log.Lines, line => line.Category.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) && line.Level == LogLevel.Debug);
        Assert.DoesNotContain(wordy.Log.Lines, line => line.Text.Contains(token, StringComparison.Ordinal) || line.Text.Contains("a word in private", StringComparison.Ordinal));
    }

    private static async Task<string> SendRawAsync(Uri address, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        var buffer = new byte[4096];
        return Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer).AsTask().WaitAsync(Soon));
    }
}
