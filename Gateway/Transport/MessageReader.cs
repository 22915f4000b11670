using System.Buffers;
using System.Net.WebSockets;

namespace WhatsSound.Gateway.Transport;

/// <summary>Reads whole messages of a WebSocket, up to a bound. While nothing comes it holds no buffer. One call at a time.</summary>
internal sealed class MessageReader(WebSocket socket, Func<int> bytesMax) : IDisposable
{
    private const int FirstBytes = 4 * 1024;

    private byte[] _buffer = [];

    /// <summary>The message that was read, good until the next call.</summary>
    public ReadOnlyMemory<byte> Message { get; private set; }

    public bool IsText { get; private set; }

    public async Task<ReadOutcome> ReadAsync()
    {
        Dispose();
        var waited = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
        if (waited.MessageType == WebSocketMessageType.Close)
            return ReadOutcome.End;
        _buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
        for (var length = 0; ;)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
                return ReadOutcome.End;
            length += part.Count;
            if (length > bytesMax())
                return ReadOutcome.TooLarge;
            if (part.EndOfMessage)
            {
                (Message, IsText) = (_buffer.AsMemory(0, length), part.MessageType == WebSocketMessageType.Text);
                return ReadOutcome.Message;
            }

            if (length == _buffer.Length)
                Grow();
        }
    }

    /// <summary>Reads and drops what still comes, until the peer has gone or the connection is cut.</summary>
    public async Task DropRestAsync()
    {
        if (_buffer.Length == 0)
            _buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
        while ((await socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None)).MessageType != WebSocketMessageType.Close)
        {
        }
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        Message = default;
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * _buffer.Length);
        _buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
