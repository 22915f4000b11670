using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>A client of the SignalR door by server-sent events: a stream of answers, and a request for each message.</summary>
internal sealed class EventStreamClient : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _events;
    private Task? _ended;

    private EventStreamClient(HttpClient http, Uri address, HttpResponseMessage response, Stream events)
    {
        _http = http;
        _address = address;
        _response = response;
        _events = new StreamReader(events);
    }

    /// <summary>Done when the server has ended the stream; what it says until then is read and dropped.</summary>
    public Task Ended => _ended ??= ReadToEndAsync();

    public HttpResponseMessage Response => _response;

    /// <summary>By what the transport of the connection is written to.</summary>
    public required string TransportId { get; init; }

    /// <summary>By what the transport of the connection that is to come is written to; the older version of negotiations has no word of its own for that.</summary>
    internal static async Task<string> NegotiateAsync(HttpClient http, int version = 1)
    {
        using var negotiated = await http.PostAsync(new Uri($"/hub/negotiate?negotiateVersion={version}", UriKind.Relative), content: null);
        return JsonDocument.Parse(await negotiated.Content.ReadAsStringAsync()).RootElement.GetProperty(version == 0 ? "connectionId" : "connectionToken").GetString()!;
    }

    public static async Task<EventStreamClient> ConnectAsync(Uri server, string? token, int negotiateVersion = 1)
    {
        var http = new HttpClient { BaseAddress = server };
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var id = await NegotiateAsync(http, negotiateVersion);
        var address = new Uri($"/hub?id={Uri.EscapeDataString(id)}", UriKind.Relative);
        using var listen = new HttpRequestMessage(HttpMethod.Get, address);
        listen.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        var response = await http.SendAsync(listen, HttpCompletionOption.ResponseHeadersRead);
        var client = new EventStreamClient(http, address, response, await response.Content.ReadAsStreamAsync()) { TransportId = id };
        await client.SendAsync("""{"protocol":"json","version":1}""");
        return client;
    }

    public Task SendAsync(string record) => SendBytesAsync(Encoding.UTF8.GetBytes(record + '\u001e'));

    public async Task SendBytesAsync(byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        using var response = await _http.PostAsync(_address, content);
    }

    /// <summary>The next line, ended by CR, LF or both, as browsers read the stream.</summary>
    public async Task<string> ReadLineAsync() => await _events.ReadLineAsync() ?? throw new InvalidOperationException("The stream has ended.");

    /// <summary>Reads lines until one has the part in it, and answers that line.</summary>
    public async Task<string> ReadUntilAsync(string part)
    {
        while (await _events.ReadLineAsync() is { } line)
        {
            if (line.Contains(part, StringComparison.Ordinal))
                return line;
        }

        throw new InvalidOperationException("The stream has ended.");
    }

    public ValueTask DisposeAsync()
    {
        _response.Dispose();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReadToEndAsync()
    {
        try
        {
            while (await _events.ReadLineAsync() is not null)
            {
            }
        }
        catch (IOException)
        {
            // Cut, which is an end too.
        }
    }
}
