using System.Net.Http.Headers;
using System.Text.Json;

namespace WhatsSound.Tests.Doors.SignalR;

/// <summary>What the two transports without a WebSocket share: negotiation, and a request for each message.</summary>
internal abstract class HttpRecords(HttpClient http, Uri address) : IRecords
{
    protected HttpClient Http => http;

    protected Uri Address => address;

    public async Task SendAsync(byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        using var response = await http.PostAsync(address, content);
        // Where the server has just ended the connection, the stream of answers says so.
    }

    public abstract Task<byte[]?> ReceiveAsync();

    public virtual void Dispose() => http.Dispose();

    protected static async Task<(HttpClient Http, Uri Address)> NegotiateAsync(Uri server, string? token)
    {
        var http = new HttpClient { BaseAddress = server };
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var negotiated = await http.PostAsync(new Uri("/hub/negotiate?negotiateVersion=1", UriKind.Relative), content: null);
        negotiated.EnsureSuccessStatusCode();
        using var answer = JsonDocument.Parse(await negotiated.Content.ReadAsByteArrayAsync());
        return (http, new Uri($"/hub?id={Uri.EscapeDataString(answer.RootElement.GetProperty("connectionToken").GetString()!)}", UriKind.Relative));
    }
}
