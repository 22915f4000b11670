using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using WhatsSound.Tests.Gateway.Identity;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Http.Api;

/// <summary>A server whose API is asked much: none of its limits of requests is in the way.</summary>
public sealed class ApiServer : IAsyncLifetime
{
    private readonly HttpClient _http = new();

    internal RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        const string many = "1000000";
        Server = await RunningServer.StartAsync(
            "--Sessions:CommandsPerSecondMax", many, "--Sessions:CommandBurstMax", many, "--Sessions:SnapshotsPerSecondMax", many, "--Sessions:SnapshotBurstMax", many,
            "--Sessions:StrangerConnectionPerSecondMax", many, "--Sessions:StrangerConnectionBurstMax", many, "--Sessions:StrangerCommandsPerSecondMax", many, "--Sessions:StrangerCommandBurstMax", many,
            "--Sessions:NewChannelsPerMinuteMax", many, "--Sessions:NewChannelBurstMax", many,
            "--Identity:ApiKeys:0:Name", Keys.Name, "--Identity:ApiKeys:0:Secrets:0", Keys.Secret, "--Identity:ApiKeys:0:Capabilities:0", "news:*=publish,subscribe", "--Identity:ApiKeys:0:Capabilities:1", "*=admin");
        _http.BaseAddress = Server.Address;
        Assert.Equal("", (await PostAsync($"/v1/channels/{ApiRoutes.Channel}/publications", Server.TokenOf("first"), new { id = "first", data = 1 })).Code);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>Sends a request, with a token as bearer unless it is null.</summary>
    internal Task<ApiAnswer> SendAsync(string method, string target, string? token, string? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(method, target, token, body is null ? null : Encoding.UTF8.GetBytes(body), headers);

    /// <inheritdoc cref="SendAsync(string, string, string?, string?, ValueTuple{string, string}[])"/>
    internal async Task<ApiAnswer> SendAsync(string method, string target, string? token, byte[]? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), target);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await _http.SendAsync(request);
        return await ApiAnswer.ReadAsync(response);
    }

    /// <summary>Signs a request as a server does that has the key. The same nonce and time again make the same request again.</summary>
    internal Task<ApiAnswer> SignAndSendAsync(string target, string body, string nonce, long? timeMs = null)
    {
        var signed = Keys.Sign(timeMs ?? DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), nonce: nonce, target: target, body: body);
        return SendAsync("POST", target, null, body, ("Authorization", $"WhatsSound key={signed.KeyName},time={signed.TimeMs},nonce={signed.Nonce},signature={signed.Signature}"));
    }

    internal Task<ApiAnswer> GetAsync(string target, string token) => SendAsync("GET", target, token, (byte[]?)null);

    internal Task<ApiAnswer> PostAsync(string target, string token, object body) => SendAsync("POST", target, token, JsonSerializer.Serialize(body));

    /// <summary>How far a channel has come.</summary>
    internal async Task<string> HeadAsync(string channel) =>
        (await GetAsync($"/v1/channels/{Uri.EscapeDataString(channel)}/history?max=1", Server.TokenOf("reader"))).Json.GetProperty("position").GetRawText();
}
