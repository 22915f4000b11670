using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using WhatsSound.Tests.Gateway.Doubles;
using WhatsSound.Tests.Gateway.Http.Api;
using WhatsSound.Tests.Gateway.Identity;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Application;

/// <summary>What an app says of whoever connects holds for who asks over HTTP as well.</summary>
public sealed class When_an_app_rules_over_http : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private AppServer _app = null!;
    private RunningServer _server = null!;

    [Fact]
    public async Task Should_refuse_whom_the_app_refuses()
    {
        Assert.Equal((HttpStatusCode.Forbidden, "HOOK_REFUSED"), await AskAsync("eve", HttpMethod.Post, "/v1/channels/chat%3A1/publications"));
        Assert.Equal((HttpStatusCode.Forbidden, "HOOK_REFUSED"), await AskAsync("eve", HttpMethod.Get, "/v1/rooms"));
        Assert.Equal((HttpStatusCode.Forbidden, "HOOK_REFUSED"), await AskAsync("eve", HttpMethod.Get, "/rooms/jazz/plays.json"));
        Assert.All(_app.Questions, static question => Assert.Equal(JsonValueKind.Null, question.GetProperty("connectionId").ValueKind));
    }

    [Fact]
    public async Task Should_leave_others_what_the_app_leaves_them()
    {
        Assert.Equal((HttpStatusCode.OK, ""), await AskAsync("ada", HttpMethod.Get, "/v1/channels/chat%3A1/history"));
        Assert.Equal((HttpStatusCode.Forbidden, "FORBIDDEN"), await AskAsync("ada", HttpMethod.Get, "/v1/channels/chat%3A2/history"));
        Assert.Equal((HttpStatusCode.Forbidden, "FORBIDDEN"), await AskAsync("ada", HttpMethod.Post, "/v1/channels/chat%3A1/publications"));
    }

    [Fact]
    public async Task Should_not_be_asked_about_a_key()
    {
        Assert.Equal((HttpStatusCode.OK, ""), await SendAsync($"{Keys.Name}:{Keys.Secret}", HttpMethod.Post, "/v1/channels/news%3A1/publications"));
        Assert.Empty(_app.Questions);
    }

    public async ValueTask InitializeAsync()
    {
        _app = await AppServer.StartAsync();
        _app.Answer = static (question, context) => AppServer.SayAsync(context, question.GetProperty("userId").GetString() == "eve" ? """{"refused":"Not you."}""" : """{"capabilities":{"chat:1":["subscribe"]}}""");
        _server = await RunningServer.StartAsync(
        [
            .. _app.Settings("Connect"), "--Application:Timeout=00:00:06",
            $"--Identity:ApiKeys:0:Name={Keys.Name}", $"--Identity:ApiKeys:0:Secrets:0={Keys.Secret}", "--Identity:ApiKeys:0:Capabilities:0=news:*=publish",
        ]);
        _http.BaseAddress = _server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        await _app.DisposeAsync();
    }

    private Task<(HttpStatusCode Status, string Code)> AskAsync(string userId, HttpMethod method, string target) => SendAsync(_server.TokenOf(userId), method, target);

    private async Task<(HttpStatusCode Status, string Code)> SendAsync(string bearer, HttpMethod method, string target)
    {
        using var request = new HttpRequestMessage(method, target) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", bearer) } };
        if (method == HttpMethod.Post)
            request.Content = new StringContent("""{"id":"1","data":1}""", Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var read = await ApiAnswer.ReadAsync(answer);
        return (read.Status, read.Code);
    }
}
