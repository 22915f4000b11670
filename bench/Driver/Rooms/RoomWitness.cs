using System.Text;
using WhatsSound.Bench.Servers;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Rooms;

/// <summary>A member who does nothing, and counts the frames that come of each of the room's channels.</summary>
internal sealed class RoomWitness : IDisposable
{
    private const int Index = 1_000_000;
    private static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(10);

    private readonly byte[] _queue;
    private readonly byte[] _playback;
    private readonly Timer _beats;
    private ClientSocket? _socket;
    private int _queueFrames;
    private int _playbackFrames;

    private RoomWitness(string roomId)
    {
        (_queue, _playback) = (Mark($"{roomId}:queue"), Mark($"{roomId}:playback"));
        _beats = new Timer(_ => _socket?.Beat(), state: null, BeatInterval, BeatInterval);
    }

    public ClientSocket Socket => _socket ?? throw new InvalidOperationException("The witness has not connected.");

    public int QueueFrames => Volatile.Read(ref _queueFrames);

    public int PlaybackFrames => Volatile.Read(ref _playbackFrames);

    public static async Task<RoomWitness> ConnectAsync(ServerProcess server, string roomId, CancellationToken cancellationToken)
    {
        var witness = new RoomWitness(roomId);
        witness._socket = await server.ConnectAsync(Index, new ClientSocketOptions(), witness.OnText, cancellationToken);
        await server.Server.JoinAsync(witness._socket, Index, cancellationToken);
        return witness;
    }

    public void Dispose()
    {
        _beats.Dispose();
        _socket?.Dispose();
    }

    private static byte[] Mark(string name) => Encoding.UTF8.GetBytes($"\"target\":\"frame\",\"arguments\":[{{\"channel\":\"room:{name}\"");

    private void OnText(ReadOnlySpan<byte> text)
    {
        Interlocked.Add(ref _queueFrames, text.Count(_queue));
        Interlocked.Add(ref _playbackFrames, text.Count(_playback));
    }
}
