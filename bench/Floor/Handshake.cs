using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace WhatsSound.Bench.Floor;

/// <summary>The opening of a WebSocket (RFC 6455, section 4), as far as the driver needs it.</summary>
internal static class Handshake
{
    private const string KeyHeader = "Sec-WebSocket-Key: ";
    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public enum Role
    {
        None,
        Listener,
        Publisher,
    }

    /// <summary>Answers one request: <c>/publish</c> is a publisher, every other path a listener.</summary>
    public static async Task<Role> AnswerAsync(Socket socket)
    {
        var buffer = new byte[2048];
        var count = 0;
        while (count < buffer.Length && !buffer.AsSpan(0, count).EndsWith("\r\n\r\n"u8))
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(count));
            if (read == 0)
                return Role.None;
            count += read;
        }

        var request = Encoding.ASCII.GetString(buffer, 0, count);
        var key = request.Split("\r\n").FirstOrDefault(line => line.StartsWith(KeyHeader, StringComparison.OrdinalIgnoreCase));
        if (key is null)
            return Role.None;

        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {Accept(key[KeyHeader.Length..])}\r\n\r\n"));
        return request.StartsWith("GET /publish ", StringComparison.Ordinal) ? Role.Publisher : Role.Listener;
    }

    // The protocol names SHA-1; nothing secret depends on it.
#pragma warning disable CA5350
    private static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptSuffix)));
#pragma warning restore CA5350
}
