using WhatsSound.Bench.Servers;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Idle;

/// <summary>Connections that ask for something and then do nothing, but for their heartbeats.</summary>
internal sealed class Crowd : IDisposable
{
    private const int ConnectsAtOnce = 16;

    private static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(15);

    private readonly ClientSocket[] _sockets;
    private readonly Timer _beat;

    private Crowd(int count)
    {
        _sockets = new ClientSocket[count];
        _beat = new Timer(_ => Beat(), state: null, BeatInterval, BeatInterval);
    }

    public static async Task<Crowd> ConnectAsync(ServerProcess server, int count, CancellationToken cancellationToken)
    {
        var crowd = new Crowd(count);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = ConnectsAtOnce, CancellationToken = cancellationToken },
            async (user, token) => crowd._sockets[user] = await server.ConnectAsync(user, new ClientSocketOptions(), static _ => { }, token));
        return crowd;
    }

    /// <summary>Everybody makes so many calls, one after another, some of them at once.</summary>
    public Task CallAllAsync(int calls, Func<int, int, (string Target, string Argument)> call, int atOnce, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, _sockets.Length),
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
            async (user, token) =>
            {
                for (var i = 0; i < calls; i++)
                {
                    var (target, argument) = call(user, i);
                    await HubCalls.CallAsync(_sockets[user], target, argument, token);
                }
            });

    public void ThrowIfClosed()
    {
        var closed = _sockets.Count(static socket => socket.IsClosed);
        if (closed > 0)
            throw new InvalidOperationException($"The server closed {closed} of {_sockets.Length} idle connections.");
    }

    public void Dispose()
    {
        _beat.Dispose();
        foreach (var socket in _sockets)
            socket?.Dispose();
    }

    private void Beat()
    {
        foreach (var socket in _sockets)
            socket?.Beat();
    }
}
