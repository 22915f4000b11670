using WhatsSound.Bench.Measures;
using WhatsSound.Bench.Servers;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Traffic;

/// <summary>The listeners of one server, kept alive as often as SignalR's JavaScript client does it, spread over time.</summary>
internal sealed class Audience : IDisposable
{
    private const int JoinsAtOnce = 16;
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PingStep = TimeSpan.FromMilliseconds(50);

    private readonly ServerProcess _server;
    private readonly ClientSocketOptions _options;
    private readonly List<Listener> _listeners = [];
    private readonly Timer _pings;
    private int _pinged;
    private int _ticks;

    public Audience(ServerProcess server, ClientSocketOptions options)
    {
        _server = server;
        _options = options;
        _pings = new Timer(_ => PingSome(), state: null, PingStep, PingStep);
    }

    /// <summary>What the server answered to listeners that publish.</summary>
    public PublisherAnswers Answers { get; } = new();

    public IReadOnlyList<Listener> Listeners => _listeners;

    /// <summary>Somebody who does not listen, and is kept alive with those who do.</summary>
    public ClientSocket? Publisher { get; set; }

    /// <summary>How many connections the server ended.</summary>
    public int Closed
    {
        get
        {
            lock (_listeners)
                return _listeners.Count(l => l.Socket.IsClosed);
        }
    }

    public async Task GrowToAsync(int count, CancellationToken cancellationToken)
    {
        foreach (var indices in Enumerable.Range(_listeners.Count, count - _listeners.Count).Chunk(JoinsAtOnce))
        {
            var joined = await Task.WhenAll(indices.Select(i => Listener.JoinAsync(_server, i, _options, Answers, cancellationToken)));
            lock (_listeners)
                _listeners.AddRange(joined);
        }
    }

    /// <summary>Puts a new connection in the place of one.</summary>
    public async Task ReplaceAsync(int index, DeliveryLog log, CancellationToken cancellationToken)
    {
        _listeners[index].Dispose();
        var listener = await Listener.JoinAsync(_server, index, _options, Answers, cancellationToken);
        listener.Log = log;
        lock (_listeners)
            _listeners[index] = listener;
    }

    public void Note(DeliveryLog log)
    {
        foreach (var listener in _listeners)
            listener.Log = log;
    }

    public void Dispose()
    {
        _pings.Dispose();
        foreach (var listener in _listeners)
            listener.Dispose();
    }

    private void PingSome()
    {
        lock (_listeners)
        {
            if (_ticks++ % (int)(PingInterval / PingStep) == 0)
                Publisher?.Beat();
            var due = Math.Max(1, (int)Math.Ceiling(_listeners.Count * (PingStep / PingInterval)));
            for (var i = 0; i < due && _listeners.Count > 0; i++)
                _listeners[_pinged++ % _listeners.Count].Socket.Beat();
        }
    }
}
