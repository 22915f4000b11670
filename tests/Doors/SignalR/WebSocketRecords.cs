using System.Net.WebSockets;

namespace WhatsSound.Tests.Doors.SignalR;

internal sealed class WebSocketRecords(WebSocketMessageType type) : IRecords
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    public static async Task<IRecords> ConnectAsync(Uri server, string? token, WebSocketMessageType type = WebSocketMessageType.Text)
    {
        var records = new WebSocketRecords(type);
        var query = token is null ? "" : $"?access_token={Uri.EscapeDataString(token)}";
        await records._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/hub", Query = query }.Uri, CancellationToken.None);
        return records;
    }

    public Task SendAsync(byte[] bytes) => _socket.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None);

    public async Task<byte[]?> ReceiveAsync()
    {
        var part = await _socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None);
        return part.MessageType == WebSocketMessageType.Close ? null : _buffer[..part.Count];
    }

    public void Dispose() => _socket.Dispose();
}
