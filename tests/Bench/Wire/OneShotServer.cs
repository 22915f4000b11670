using System.Net;
using System.Net.Sockets;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Tests.Bench.Wire;

/// <summary>Takes one WebSocket, and does with it what a test says.</summary>
internal sealed class OneShotServer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private Socket? _peer;

    public OneShotServer()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

    /// <summary>Connects a client; <paramref name="first"/> follows the answer to the upgrade in the same bytes.</summary>
    public async Task<ClientSocket> ConnectAsync(TextHandler onText, Heartbeat? heartbeat = null, byte[]? first = null)
    {
        var accepted = AcceptAsync(first ?? []);
        var client = await ClientSocket.ConnectAsync(
            (IPEndPoint)_listener.LocalEndPoint!, "/", new ClientSocketOptions(), heartbeat ?? Heartbeat.None, onText, CancellationToken.None);
        await accepted;
        return client;
    }

    public void Send(byte[] bytes) => _peer!.Send(bytes);

    /// <summary>What the client sent next, as it came.</summary>
    public async Task<byte[]> ReceiveAsync()
    {
        var buffer = new byte[1024];
        var count = await _peer!.ReceiveAsync(buffer);
        return buffer[..count];
    }

    /// <summary>Ends the connection as a server does that is gone: the client's next send is answered with a reset.</summary>
    public void Reset()
    {
        _peer!.LingerState = new LingerOption(enable: true, seconds: 0);
        _peer.Dispose();
    }

    public void Dispose()
    {
        _peer?.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync(byte[] first)
    {
        _peer = await _listener.AcceptAsync();
        await _peer.ReceiveAsync(new byte[1024]);
        await _peer.SendAsync((byte[])[.. "HTTP/1.1 101 Switching Protocols\r\n\r\n"u8, .. first]);
    }
}
