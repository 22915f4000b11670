using System.Net.Http.Headers;
using System.Text;

namespace WhatsSound.Tests.Doors.SignalR;

internal sealed class EventStreamRecords(HttpClient http, Uri address, HttpResponseMessage response, Stream stream) : HttpRecords(http, address)
{
    private readonly StreamReader _lines = new(stream);

    public static async Task<IRecords> ConnectAsync(Uri server, string? token)
    {
        var (http, address) = await NegotiateAsync(server, token);
        using var listen = new HttpRequestMessage(HttpMethod.Get, address);
        listen.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        var response = await http.SendAsync(listen, HttpCompletionOption.ResponseHeadersRead);
        return new EventStreamRecords(http, address, response, await response.Content.ReadAsStreamAsync());
    }

    public override async Task<byte[]?> ReceiveAsync()
    {
        while (await _lines.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return Encoding.UTF8.GetBytes(line["data: ".Length..]);
        }

        return null;
    }

    public override void Dispose()
    {
        response.Dispose();
        _lines.Dispose();
        base.Dispose();
    }
}
