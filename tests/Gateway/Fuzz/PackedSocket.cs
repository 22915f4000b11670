using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using MessagePack;

namespace WhatsSound.Tests.Gateway.Fuzz;

/// <summary>A client of the MessagePack hub protocol over a bare WebSocket, that sends whatever bytes it is told to, and knows which of its calls were answered.</summary>
internal sealed class PackedSocket : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly Lock _gate = new();
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when the connection has ended, from either side.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    public static async Task<PackedSocket> ConnectAsync(Uri server, string token)
    {
        var client = new PackedSocket();
        await client._socket.ConnectAsync(
            new UriBuilder(server) { Scheme = "ws", Path = "/hub", Query = $"?access_token={Uri.EscapeDataString(token)}" }.Uri, CancellationToken.None);
        await client.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"messagepack\",\"version\":1}\u001e"));
        client.Ended = client.ReceiveAsync();
        return client;
    }

    /// <summary>The content of a record that calls a method, whose request is given as JSON.</summary>
    public static byte[] CallOf(string invocationId, string method, string request)
    {
        var content = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(content);
        writer.WriteArrayHeader(6);
        writer.Write(1);
        writer.WriteMapHeader(0);
        writer.Write(invocationId);
        writer.Write(method);
        writer.WriteArrayHeader(1);
        writer.WriteRaw(MessagePackSerializer.ConvertFromJson(request));
        writer.WriteArrayHeader(0);
        writer.Flush();
        return content.WrittenSpan.ToArray();
    }

    /// <summary>The content with its length before it.</summary>
    public static byte[] RecordOf(byte[] content)
    {
        List<byte> prefix = [];
        var length = content.Length;
        for (; length > 0x7f; length >>= 7)
            prefix.Add((byte)(length | 0x80));
        return [.. prefix, (byte)length, .. content];
    }

    /// <summary>Whether the bytes are one record, as long as it says.</summary>
    public static bool IsWhole(byte[] record)
    {
        List<byte> rest = [.. record];
        return TakeRecord(rest) is not null && rest.Count == 0;
    }

    public Task SendAsync(byte[] bytes) => _socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    /// <summary>Done when a call was answered, or the connection has ended: true for the first.</summary>
    public async Task<bool> IsAnsweredAsync(string invocationId)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (_answered.Contains(invocationId))
                    return true;
                more = _more.Task;
            }

            if (await Task.WhenAny(more, Ended) == Ended)
                return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await Ended;
        _socket.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var (buffer, received) = (new byte[64 * 1024], new List<byte>());
        var isOpen = false;
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } part)
            {
                received.AddRange(buffer.AsSpan(0, part.Count));
                if (!isOpen && received.IndexOf(0x1e) is var end and >= 0)
                {
                    received.RemoveRange(0, end + 1);
                    isOpen = true;
                }

                while (isOpen && TakeRecord(received) is { } record)
                    Take(record);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut by the test or the server, which is an end too.
        }
    }

    private static byte[]? TakeRecord(List<byte> received)
    {
        var length = 0;
        for (var i = 0; i < received.Count; i++)
        {
            length |= (received[i] & 0x7f) << (7 * i);
            if (received[i] >= 0x80)
                continue;
            if (received.Count < i + 1 + length)
                return null;
            var record = received.GetRange(i + 1, length).ToArray();
            received.RemoveRange(0, i + 1 + length);
            return record;
        }

        return null;
    }

    private void Take(byte[] record)
    {
        var reader = new MessagePackReader(record);
        reader.ReadArrayHeader();
        if (reader.ReadInt32() != 3)
            return;
        reader.Skip();
        lock (_gate)
        {
            _answered.Add(reader.ReadString()!);
            _more.SetResult();
            _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
