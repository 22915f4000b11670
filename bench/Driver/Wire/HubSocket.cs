using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace WhatsSound.Bench.Wire;

/// <summary>
/// One connection that speaks the JSON hub protocol over a WebSocket, made to be cheap: one receive per read, no queue, nothing allocated per message.
/// </summary>
internal sealed class HubSocket : IDisposable
{
    private const byte RecordEnd = 0x1E;
    private const int TcpMaxSegment = 2;

    private static readonly byte[] PingFrame = WebSocketWriter.Text("{\"type\":6}\u001e");

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SocketAsyncEventArgs _receive = new();
    private readonly WebSocketReader _reader = new();
    private readonly ArrayBufferWriter<byte> _partial = new();
    private readonly TextHandler _onText;
    private volatile bool _isStalled;
    private volatile bool _isParked;
    private volatile PendingInvocation? _pending;

    private HubSocket(HubSocketOptions options, TextHandler onText)
    {
        _onText = onText;
        if (options.ReceiveBufferBytes is { } bytes)
            _socket.ReceiveBufferSize = bytes;
        if (options.SegmentBytesMax is { } segment)
            _socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, TcpMaxSegment, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in segment)));
        _receive.Completed += (_, _) => OnReceived();
    }

    /// <summary>Whether the server ended the connection.</summary>
    public bool IsClosed { get; private set; }

    public static async Task<HubSocket> ConnectAsync(
        IPEndPoint server, string path, HubSocketOptions options, TextHandler onText, CancellationToken cancellationToken)
    {
        var hub = new HubSocket(options, onText);
        try
        {
            await hub._socket.ConnectAsync(server, cancellationToken);
            await hub.UpgradeAsync(server, path, cancellationToken);
            hub.Send(WebSocketWriter.Text("{\"protocol\":\"json\",\"version\":1}\u001e"));
            hub.Receive();
            return hub;
        }
        catch
        {
            hub.Dispose();
            throw;
        }
    }

    /// <summary>Calls a hub method and waits for its completion.</summary>
    public async Task<JsonElement> InvokeAsync(string target, string arguments, CancellationToken cancellationToken)
    {
        var pending = new PendingInvocation();
        _pending = pending;
        Send(WebSocketWriter.Text(HubMessages.Invocation(pending.Id, target, arguments)));
        var completion = await pending.Completion.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        _pending = null;
        return completion;
    }

    public void Send(byte[] frame) => _socket.Send(frame);

    public void Ping() => Send(PingFrame);

    /// <summary>Stops reading, as a phone in a lift does; the connection stays open.</summary>
    public void Stall() => _isStalled = true;

    /// <summary>Reads on after <see cref="Stall"/>, and so learns whether the server has ended the connection.</summary>
    public void Resume()
    {
        _isStalled = false;
        if (!_isParked)
            return;
        _isParked = false;
        Receive();
    }

    public void Dispose()
    {
        _socket.Dispose();
        _receive.Dispose();
    }

    private async Task UpgradeAsync(IPEndPoint server, string path, CancellationToken cancellationToken)
    {
        var key = Convert.ToBase64String(Guid.NewGuid().ToByteArray());
        _socket.Send(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {server}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
            $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"));

        // Nothing follows the answer before the hub handshake is sent, so reading to the blank line takes no frame with it.
        var answer = new byte[2048];
        var count = 0;
        while (!answer.AsSpan(0, count).EndsWith("\r\n\r\n"u8))
        {
            var read = await _socket.ReceiveAsync(answer.AsMemory(count), cancellationToken);
            if (read == 0)
                break;
            count += read;
        }

        var status = Encoding.ASCII.GetString(answer, 0, count);
        if (!status.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
            throw new InvalidOperationException($"The server refused the WebSocket: {status.Split('\r')[0]}");
    }

    private void Receive()
    {
        do
        {
            if (_isStalled)
            {
                _isParked = true;
                return;
            }

            _receive.SetBuffer(_reader.Free);
        }
        while (!_socket.ReceiveAsync(_receive) && TakeReceived());
    }

    private void OnReceived()
    {
        if (TakeReceived())
            Receive();
    }

    private bool TakeReceived()
    {
        if (_receive.SocketError != SocketError.Success || _receive.BytesTransferred == 0)
        {
            IsClosed = true;
            _pending?.Fail("The server closed the connection.");
            return false;
        }

        _reader.Add(_receive.BytesTransferred);
        while (_reader.TryRead(out var opCode, out var payload))
            TakeFrame(opCode, payload);
        return true;
    }

    private void TakeFrame(WebSocketOpCode opCode, ReadOnlySpan<byte> payload)
    {
        if (opCode == WebSocketOpCode.Close)
            IsClosed = true;
        else if (opCode == WebSocketOpCode.Ping)
            Send(WebSocketWriter.Frame(WebSocketOpCode.Pong, payload));
        else if (opCode is WebSocketOpCode.Text or WebSocketOpCode.Continuation)
            TakeText(payload);
    }

    private void TakeText(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
            return;

        var isWhole = payload[^1] == RecordEnd;
        if (isWhole && _partial.WrittenCount == 0)
        {
            TakeWhole(payload);
            return;
        }

        _partial.Write(payload);
        if (!isWhole)
            return;
        TakeWhole(_partial.WrittenSpan);
        _partial.ResetWrittenCount();
    }

    private void TakeWhole(ReadOnlySpan<byte> text)
    {
        _onText(text);
        _pending?.Look(text);
    }
}
