using System.Diagnostics;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Measures;

/// <summary>
/// Every delivery of a run: one cell per listener and message, so that percentiles are exact, and a missing, doubled or misplaced message is seen.
/// Written by the one thread that polls the sockets.
/// </summary>
internal sealed class DeliveryLog(int listeners, int messages)
{
    private const int Missing = -1;

    private readonly int[] _latencyUs = Filled(listeners * messages);
    private readonly int[] _lastNumber = Filled(listeners);
    private long _delivered;

    /// <summary>Deliveries so far, the warm-up's included.</summary>
    public long Delivered => Volatile.Read(ref _delivered);

    public long Duplicates { get; private set; }

    public long Reordered { get; private set; }

    public void Record(int listener, Stamp stamp, long nowTicks)
    {
        if (stamp.Number >= messages)
            return;

        ref var cell = ref _latencyUs[(listener * messages) + stamp.Number];
        if (cell != Missing)
        {
            Duplicates++;
            return;
        }

        cell = (int)(Stopwatch.GetElapsedTime(stamp.DueTicks, nowTicks).Ticks / TimeSpan.TicksPerMicrosecond);
        if (stamp.Number < _lastNumber[listener])
            Reordered++;
        else
            _lastNumber[listener] = stamp.Number;
        Volatile.Write(ref _delivered, _delivered + 1);
    }

    /// <summary>The latencies, in microseconds, of the messages in <paramref name="range"/> at every listener but <paramref name="except"/>.</summary>
    public IEnumerable<int> Latencies(Range range, int? except = null)
    {
        var (offset, count) = range.GetOffsetAndLength(messages);
        return from listener in Enumerable.Range(0, listeners)
               where listener != except
               from number in Enumerable.Range(offset, count)
               let latency = _latencyUs[(listener * messages) + number]
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
