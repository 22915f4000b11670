using System.Net;
using System.Text;
using WhatsSound.Tests.Gateway.Identity;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Http.Api;

/// <summary>The API of the whole program, with a key in its settings.</summary>
public sealed class When_a_server_signs_what_it_asks : IAsyncLifetime
{
    private const string Target = "/v1/channels/news%3Atoday/publications";

    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(
        $"--Identity:ApiKeys:0:Name={Keys.Name}", $"--Identity:ApiKeys:0:Secrets:0={Keys.Secret}", "--Identity:ApiKeys:0:Capabilities:0=news:*=publish,subscribe");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Should_publish_in_its_name_and_once()
    {
        using var client = new HttpClient(new SigningHandler(Keys.Name, Keys.Secret)) { BaseAddress = _server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, Target) { Content = Json("""{"id":"1","data":1}""") };

        using var posted = await client.SendAsync(request, TestContext.Current.CancellationToken);
        using var history = await client.GetAsync("/v1/channels/news%3Atoday/history", TestContext.Current.CancellationToken);
        using var elsewhere = await client.PostAsync("/v1/channels/sport/publications", Json("""{"id":"1","data":1}"""), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, posted.StatusCode);
        var publication = Assert.Single((await ApiAnswer.ReadAsync(history)).Json.GetProperty("publications").EnumerateArray().ToList());
        Assert.Equal((Keys.Name, "server"), (publication.GetProperty("publisher").GetString(), publication.GetProperty("publisherKind").GetString()));
        Assert.Equal((HttpStatusCode.Forbidden, "FORBIDDEN"), await ShownAsync(elsewhere));
        var header = request.Headers.GetValues("Authorization").Single();
        Assert.Equal((HttpStatusCode.Unauthorized, "REPLAYED"), await SendAsync(header, """{"id":"1","data":1}"""));
        Assert.Equal((HttpStatusCode.Unauthorized, "SIGNATURE_INVALID"), await SendAsync(header, """{"id":"2","data":1}"""));
        Assert.Equal((HttpStatusCode.Unauthorized, "SIGNATURE_INVALID"), await SendAsync(header.Replace("key=backend", "key=nobody", StringComparison.Ordinal), """{"id":"1","data":1}"""));
    }

    [Fact]
    public async Task Should_be_told_what_is_wrong()
    {
        const string body = """{"id":"1","data":1}""";

        Assert.Equal((HttpStatusCode.OK, ""), await SendAsync($"Bearer {Keys.Name}:{Keys.Secret}", body));
        Assert.Equal((HttpStatusCode.Unauthorized, "KEY_INVALID"), await SendAsync($"Bearer {Keys.Name}:{Keys.OtherSecret}", body));
        Assert.Equal((HttpStatusCode.Unauthorized, "SIGNATURE_EXPIRED"), await SendAsync($"WhatsSound key={Keys.Name},time=1,nonce=nonce-01,signature=00", body));
        Assert.Equal((HttpStatusCode.Unauthorized, "SIGNATURE_INVALID"), await SendAsync("WhatsSound key=", body));
        Assert.DoesNotContain(_server.Log.Lines, static line => line.Text.Contains(Keys.Secret, StringComparison.Ordinal));
    }

    private async Task<(HttpStatusCode Status, string Code)> SendAsync(string authorization, string body)
    {
        using var client = new HttpClient { BaseAddress = _server.Address };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await client.PostAsync(Target, Json(body), TestContext.Current.CancellationToken);
        return await ShownAsync(answer);
    }

    private static async Task<(HttpStatusCode Status, string Code)> ShownAsync(HttpResponseMessage answer)
    {
        var read = await ApiAnswer.ReadAsync(answer);
        return (read.Status, read.Code);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
