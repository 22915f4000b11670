using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WhatsSound.Tests.Gateway.Clients;

/// <summary>A TCP proxy before a server, that can be cut as when a cable is pulled, and can swallow: what it swallows something of stays open and dead.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Uri _target;
    private readonly Lock _gate = new();
    private readonly HashSet<Pair> _pairs = [];
    private readonly Task _accepting;
    private bool _isCut;
    private Func<bool, string, bool> _swallows = (_, _) => false;

    private FaultProxy(Uri target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>How often it has swallowed, one entry for each connection that is dead of it.</summary>
    public Heard<int> Swallowed { get; } = new();

    /// <summary>How many connections were open whenever that changed.</summary>
    public Heard<int> Open { get; } = new();

    public int OpenCount
    {
        get
        {
            lock (_gate)
                return _pairs.Count;
        }
    }

    public static FaultProxy Before(Uri target) => new(target);

    /// <summary>Ends all connections without goodbye, and takes no new ones until restored.</summary>
    public void Cut()
    {
        lock (_gate)
            _isCut = true;
        Kill();
    }

    /// <summary>Ends all connections without goodbye.</summary>
    public void Kill()
    {
        Pair[] pairs;
        lock (_gate)
            pairs = [.. _pairs];
        foreach (var pair in pairs)
            pair.Kill();
    }

    /// <summary>Swallows, from now on, what the client (true) or the server sends, where it is so.</summary>
    public void Swallow(Func<bool, string, bool> what) => _swallows = what;

    /// <summary>The network is back; connections of which something was swallowed stay dead.</summary>
    public void Restore()
    {
        _swallows = (_, _) => false;
        _isCut = false;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _accepting;
        Kill();
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_closing.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using var pair = new Pair(client, server);
        if (!TryOpen(pair))
            return;
        try
        {
            await server.ConnectAsync(_target.Host, _target.Port);
            await Task.WhenAny(PumpAsync(pair, client, server, isClients: true), PumpAsync(pair, server, client, isClients: false));
        }
        catch (SocketException)
        {
            // The server is away.
        }
        finally
        {
            Close(pair);
        }
    }

    private async Task PumpAsync(Pair pair, TcpClient from, TcpClient to, bool isClients)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is var count and > 0)
            {
                if (!pair.IsDead && _swallows(isClients, Encoding.Latin1.GetString(buffer, 0, count)))
                {
                    pair.IsDead = true;
                    Swallowed.Add(1);
                }

                if (!pair.IsDead)
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Ended by either side, or by the test.
        }
    }

    /// <summary>Of a connection that comes as all are cut it is one of them, or is not taken.</summary>
    private bool TryOpen(Pair pair)
    {
        int count;
        lock (_gate)
        {
            if (_isCut)
                return false;
            _pairs.Add(pair);
            count = _pairs.Count;
        }

        Open.Add(count);
        return true;
    }

    private void Close(Pair pair)
    {
        int count;
        lock (_gate)
        {
            _pairs.Remove(pair);
            count = _pairs.Count;
        }

        Open.Add(count);
    }

    private sealed class Pair(TcpClient client, TcpClient server) : IDisposable
    {
        public volatile bool IsDead;

        public void Kill()
        {
            client.Client?.Close(0);
            server.Client?.Close(0);
        }

        public void Dispose()
        {
            client.Dispose();
            server.Dispose();
        }
    }
}
