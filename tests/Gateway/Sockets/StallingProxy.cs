using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>A TCP proxy before a server of this machine that can stop reading, as a phone does whose page sleeps, and read on.</summary>
internal sealed class StallingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _sockets = [];
    private readonly Uri _target;
    private readonly Task _serving;
    private TaskCompletionSource _flow = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StallingProxy(Uri target)
    {
        _target = target;
        _flow.SetResult();
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public static StallingProxy Open(Uri target) => new(target);

    /// <summary>Reads nothing from now on that the server sends, beyond what it is reading.</summary>
    public void Stall() => Volatile.Write(ref _flow, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Release() => Volatile.Read(ref _flow).SetResult();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        foreach (var socket in _sockets)
            socket.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                var server = new TcpClient();
                await server.ConnectAsync(_target.Host, _target.Port);
                _sockets.Add(client);
                _sockets.Add(server);
                _ = PassAsync(client, server, static () => Task.CompletedTask);
                _ = PassAsync(server, client, () => Volatile.Read(ref _flow).Task);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task PassAsync(TcpClient from, TcpClient to, Func<Task> mayFlow)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await from.GetStream().ReadAsync(buffer)) > 0)
            {
                await mayFlow();
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One of the two has gone; the other is told below.
        }

        from.Close();
        to.Close();
    }
}
