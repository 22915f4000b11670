using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using WhatsSound.Tests.Doors.Contract;

namespace WhatsSound.Tests.Doors.Plain;

/// <summary>A client of the plain door.</summary>
internal sealed class PlainClient : DoorClient
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly List<byte> _received = [];

    public static async Task<DoorClient> ConnectAsync(Uri server, string? token, string path = DoorServer.PlainPath)
    {
        var client = new PlainClient();
        var query = token is null ? "" : $"?token={Uri.EscapeDataString(token)}";
        await client._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = path, Query = query }.Uri, CancellationToken.None);
        client.StartReading();
        return client;
    }

    public override void Kill() => _socket.Abort();

    public override Task SendBytesAsync(byte[] bytes) => _socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public override Task SayGoodbyeAsync() => SendBytesAsync("""{"bye":true}"""u8.ToArray());

    protected override byte[] BytesOf(long number, string request, string fields) =>
        Encoding.UTF8.GetBytes($$"""{"id":{{number}},"do":"{{request}}","with":{{fields}}}""");

    protected override async Task<IReadOnlyList<Arrival>?> ReadAsync()
    {
        var part = await _socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None);
        if (part.MessageType == WebSocketMessageType.Close)
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            return null;
        }

        _received.AddRange(_buffer.AsSpan(0, part.Count));
        if (!part.EndOfMessage)
            return [];
        using var message = JsonDocument.Parse(_received.ToArray());
        _received.Clear();
        return [ArrivalOf(message.RootElement.Clone())];
    }

    private static Arrival ArrivalOf(JsonElement message) =>
        message.TryGetProperty("id", out var id)
            ? ArrivalReader.Answer(id.GetInt64(), message.GetProperty("reply"))
            : message.EnumerateObject().Select(static field => ArrivalReader.Event(field.Name, field.Value)).Single();
}
