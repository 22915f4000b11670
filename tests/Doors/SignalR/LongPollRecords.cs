using System.Net;

namespace WhatsSound.Tests.Doors.SignalR;

internal sealed class LongPollRecords(HttpClient http, Uri address) : HttpRecords(http, address)
{
    public static async Task<IRecords> ConnectAsync(Uri server, string? token)
    {
        var (http, address) = await NegotiateAsync(server, token);
        // The first poll is answered at once, with nothing: then the connection is open.
        using var opened = await http.GetAsync(address);
        opened.EnsureSuccessStatusCode();
        return new LongPollRecords(http, address);
    }

    public override async Task<byte[]?> ReceiveAsync()
    {
        using var polled = await Http.GetAsync(Address);
        return polled.StatusCode == HttpStatusCode.OK ? await polled.Content.ReadAsByteArrayAsync() : null;
    }
}
