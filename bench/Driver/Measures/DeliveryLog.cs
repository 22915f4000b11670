using System.Diagnostics;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Measures;

/// <summary>
/// Every delivery of a run: one cell per listener and message, so that percentiles are exact, and a missing, doubled or misplaced message is seen.
/// Written by the one thread that polls the sockets.
/// </summary>
internal sealed class DeliveryLog(int listeners, Range numbers)
{
    private const int Missing = -1;

    private readonly int _first = numbers.Start.Value;
    private readonly int _messages = numbers.End.Value - numbers.Start.Value;
    private readonly int[] _latencyUs = Filled(listeners * (numbers.End.Value - numbers.Start.Value));
    private readonly int[] _lastMessage = Filled(listeners);
    private long _delivered;

    public long Expected => _latencyUs.Length;

    /// <summary>Deliveries so far.</summary>
    public long Delivered => Volatile.Read(ref _delivered);

    public long Duplicates { get; private set; }

    public long Reordered { get; private set; }

    public void Record(int listener, Stamp stamp, long nowTicks)
    {
        // What comes late belongs to an earlier log, which has counted it as missing.
        var message = stamp.Number - _first;
        if (message < 0 || message >= _messages)
            return;

        ref var cell = ref _latencyUs[(listener * _messages) + message];
        if (cell != Missing)
        {
            Duplicates++;
            return;
        }

        cell = (int)(Stopwatch.GetElapsedTime(stamp.DueTicks, nowTicks).Ticks / TimeSpan.TicksPerMicrosecond);
        if (message < _lastMessage[listener])
            Reordered++;
        else
            _lastMessage[listener] = message;
        Volatile.Write(ref _delivered, _delivered + 1);
    }

    /// <summary>The latencies, in microseconds, of the messages in <paramref name="range"/>, counted from the log's first, at every listener but <paramref name="except"/>.</summary>
    public IEnumerable<int> Latencies(Range range, int? except = null)
    {
        var (offset, count) = range.GetOffsetAndLength(_messages);
        return from listener in Enumerable.Range(0, listeners)
               where listener != except
               from message in Enumerable.Range(offset, count)
               let latency = _latencyUs[(listener * _messages) + message]
               where latency != Missing
               select latency;
    }

    private static int[] Filled(int count)
    {
        var cells = new int[count];
        Array.Fill(cells, Missing);
        return cells;
    }
}
