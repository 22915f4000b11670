using System.Net.Http.Headers;
using System.Text;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>Where no WebSocket gets through, frames go by SignalR's own pipe.</summary>
public sealed class When_the_transport_is_server_sent_events(RunningServer server)
{
    [Fact]
    public async Task Should_get_answers_and_frames()
    {
        var channel = server.NewName("news");
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.TokenOf("ada"));
        var id = await EventStreamClient.NegotiateAsync(http);
        var address = new Uri($"/hub?id={Uri.EscapeDataString(id)}", UriKind.Relative);
        using var listen = new HttpRequestMessage(HttpMethod.Get, address);
        listen.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var stream = await http.SendAsync(listen, HttpCompletionOption.ResponseHeadersRead);
        using var events = new StreamReader(await stream.Content.ReadAsStreamAsync());

        await SendAsync(http, address, """{"protocol":"json","version":1}""");
        await SendAsync(http, address, $$"""{"type":1,"invocationId":"1","target":"Subscribe","arguments":[{"channel":"{{channel}}"}]}""");
        await ReadUntilAsync(events, "\"verdict\":\"live\"");
        await SendAsync(http, address, $$"""{"type":1,"invocationId":"2","target":"Publish","arguments":[{"channel":"{{channel}}","id":"1","event":"said","data":"hello"}]}""");

        Assert.Contains("\"publisher\":\"ada\"", await ReadUntilAsync(events, "\"target\":\"frame\""), StringComparison.Ordinal);
    }

    private static async Task SendAsync(HttpClient http, Uri address, string record)
    {
        using var content = new StringContent(record + '\u001e', Encoding.UTF8);
        using var response = await http.PostAsync(address, content);
        response.EnsureSuccessStatusCode();
    }

    private static async Task<string> ReadUntilAsync(StreamReader events, string part)
    {
        while (await events.ReadLineAsync() is { } line)
        {
            if (line.Contains(part, StringComparison.Ordinal))
                return line;
        }

        throw new InvalidOperationException("The stream has ended.");
    }
}
