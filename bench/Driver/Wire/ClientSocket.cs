using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace WhatsSound.Bench.Wire;

/// <summary>
/// One WebSocket of the driver, made to be cheap: one receive per read, no queue, nothing allocated per message. Whatever ends the connection, on
/// whichever side, ends in <see cref="IsClosed"/> and never in an exception on the thread that polls the sockets.
/// </summary>
internal sealed class ClientSocket : IDisposable
{
    private const int TcpMaxSegment = 2;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SocketAsyncEventArgs _receive = new();
    private readonly WebSocketReader _reader = new();
    private readonly WebSocketMessages _messages;
    private readonly TextHandler _onText;
    private readonly byte[]? _says;
    private readonly byte[]? _asked;
    private readonly byte[]? _answers;
    private volatile bool _isStalled;
    private volatile bool _isParked;
    private volatile bool _isClosed;
    private volatile PendingAnswer? _pending;

    private ClientSocket(ClientSocketOptions options, Heartbeat heartbeat, TextHandler onText)
    {
        _onText = onText;
        _messages = new WebSocketMessages(TakeText);
        _says = heartbeat.Says;
        _asked = heartbeat.Asked is { } asked ? Encoding.UTF8.GetBytes(asked) : null;
        _answers = heartbeat.Answers is { } answers ? WebSocketWriter.Text(answers) : null;
        if (options.ReceiveBufferBytes is { } bytes)
            _socket.ReceiveBufferSize = bytes;
        if (options.SegmentBytesMax is { } segment)
            _socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, TcpMaxSegment, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in segment)));
        _receive.Completed += (_, _) => OnReceived();
    }

    /// <summary>Whether the connection has ended, from either side.</summary>
    public bool IsClosed => _isClosed;

    public static async Task<ClientSocket> ConnectAsync(
        IPEndPoint server, string path, ClientSocketOptions options, Heartbeat heartbeat, TextHandler onText, CancellationToken cancellationToken)
    {
        var client = new ClientSocket(options, heartbeat, onText);
        try
        {
            await client._socket.ConnectAsync(server, cancellationToken);
            await WebSocketUpgrade.RunAsync(client._socket, server, path, client._reader, cancellationToken);
            client.Begin();
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Sends a text and waits for the first message in which <paramref name="marker"/> occurs. One at a time.</summary>
    public Task<Answer> AskAsync(string text, string marker, CancellationToken cancellationToken) =>
        AskAsync(WebSocketWriter.Text(text), marker, cancellationToken);

    /// <summary>The same with a frame that is ready to send.</summary>
    public async Task<Answer> AskAsync(byte[] frame, string marker, CancellationToken cancellationToken)
    {
        var pending = new PendingAnswer(marker);
        _pending = pending;
        Send(frame);
        if (IsClosed)
            pending.Fail("The server closed the connection.");
        try
        {
            return await pending.Completion.WaitAsync(AnswerTimeout, cancellationToken);
        }
        finally
        {
            _pending = null;
        }
    }

    /// <summary>Sends a frame; on a connection that has ended, nothing.</summary>
    public void Send(byte[] frame)
    {
        try
        {
            if (!_isClosed)
                _socket.Send(frame);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            End();
        }
    }

    /// <summary>Says what the protocol's client says now and then.</summary>
    public void Beat()
    {
        if (_says is { } says)
            Send(says);
    }

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
        _isClosed = true;
        _socket.Dispose();
        _receive.Dispose();
    }

    private void Begin()
    {
        // The server may have spoken in the same breath as it answered the upgrade.
        TakeFrames();
        Receive();
    }

    private void Receive()
    {
        try
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
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            End();
        }
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
            End();
            return false;
        }

        _reader.Add(_receive.BytesTransferred);
        TakeFrames();
        return true;
    }

    private void TakeFrames()
    {
        while (_reader.TryRead(out var frame))
        {
            if (frame.OpCode == WebSocketOpCode.Close)
                End();
            else if (frame.OpCode == WebSocketOpCode.Ping)
                Send(WebSocketWriter.Frame(WebSocketOpCode.Pong, frame.Payload));
            else
                _messages.Take(frame);
        }
    }

    private void TakeText(ReadOnlySpan<byte> text)
    {
        if (_asked is { } asked && text.SequenceEqual(asked))
        {
            Send(_answers!);
            return;
        }

        _onText(text);
        _pending?.Look(text);
    }

    private void End()
    {
        _isClosed = true;
        _pending?.Fail("The server closed the connection.");
    }
}
