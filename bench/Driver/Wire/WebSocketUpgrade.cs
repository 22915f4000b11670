using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WhatsSound.Bench.Wire;

/// <summary>The client's side of the opening of a WebSocket.</summary>
internal static class WebSocketUpgrade
{
    private const int AnswerBytesMax = 8 * 1024;

    /// <summary>Asks for a WebSocket; what follows the answer in the same bytes goes to <paramref name="reader"/>.</summary>
    public static async Task RunAsync(Socket socket, IPEndPoint server, string path, WebSocketReader reader, CancellationToken cancellationToken)
    {
        var key = Convert.ToBase64String(Guid.NewGuid().ToByteArray());
        await socket.SendAsync(
            Encoding.ASCII.GetBytes(
                $"GET {path} HTTP/1.1\r\nHost: {server}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
                $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"),
            cancellationToken);

        var answer = new byte[AnswerBytesMax];
        var count = 0;
        int end;
        while ((end = answer.AsSpan(0, count).IndexOf("\r\n\r\n"u8)) < 0)
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(count), cancellationToken);
            if (read == 0)
                throw new InvalidOperationException("The server closed the connection before it answered.");
            count += read;
        }

        var status = Encoding.ASCII.GetString(answer, 0, end);
        if (!status.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
            throw new InvalidOperationException($"The server refused the WebSocket: {status.Split('\r')[0]}");
        reader.Put(answer.AsSpan(end + 4, count - end - 4));
    }
}
