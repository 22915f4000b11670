using System.Diagnostics;
using System.Text;
using WhatsSound.Bench.Servers;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Channels;

/// <summary>
/// One connection that publishes again as soon as it is answered, as long as its load runs. The next publication leaves on the thread that reads the
/// answer to the last.
/// </summary>
internal sealed class ChannelPublisher : IDisposable
{
    private readonly PublisherLoad _load;
    private ClientSocket? _socket;
    private byte[] _marker = [];
    private long _sentTicks;

    private ChannelPublisher(PublisherLoad load) => _load = load;

    public ClientSocket Socket => _socket ?? throw new InvalidOperationException("The publisher has not connected.");

    public static async Task<ChannelPublisher> ConnectAsync(ServerProcess server, int user, PublisherLoad load, CancellationToken cancellationToken)
    {
        var publisher = new ChannelPublisher(load);
        publisher._socket = await server.ConnectAsync(user, new ClientSocketOptions(), publisher.OnText, cancellationToken);
        return publisher;
    }

    /// <summary>Told of each answer after which it does not publish by itself.</summary>
    public Action<ChannelPublisher>? Answered { get; set; }

    /// <summary>Publishes the next of the load; its answer brings the one after.</summary>
    public void PublishNext() => PublishNext(Stopwatch.GetTimestamp());

    /// <summary>As <see cref="PublishNext()"/>; it was due at that time, from which its answer is timed.</summary>
    public void PublishNext(long dueTicks)
    {
        var id = _load.NextId();
        _marker = Encoding.ASCII.GetBytes(HubCalls.Marker(id));
        var frame = WebSocketWriter.Text(_load.Invocation(id));
        _sentTicks = dueTicks;
        Socket.Send(frame);
    }

    public void Dispose() => _socket?.Dispose();

    private void OnText(ReadOnlySpan<byte> text)
    {
        if (_marker.Length == 0 || text.IndexOf(_marker) < 0)
            return;

        _marker = [];
        var latencyUs = (int)Stopwatch.GetElapsedTime(_sentTicks).TotalMicroseconds;
        if (_load.TakeAnswer(text, latencyUs))
            PublishNext();
        else
            Answered?.Invoke(this);
    }
}
