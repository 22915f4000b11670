using System.Diagnostics.Metrics;
using WhatsSound.Grains.Metrics;

namespace WhatsSound.Grains.Streams;

/// <summary>What lanes count.</summary>
internal sealed class LaneInstruments
{
    private readonly Counter<long> _resets;
    private long _queued;

    public LaneInstruments(GrainsMeter meter)
    {
        // Observed, not told in steps: whoever begins to listen sees how many there are.
        meter.Meter.CreateObservableUpDownCounter(
            "whatssound.lane.queue.length", () => Interlocked.Read(ref _queued), "{frame}", "Frames that wait for gateways, over all lanes of this silo.");
        _resets = meter.Meter.CreateCounter<long>(
            "whatssound.lane.resets", "{reset}", "Skips of a lane's sequence: batches without an answer, and overflows.");
    }

    public void Queued(int by) => Interlocked.Add(ref _queued, by);

    public void Reset() => _resets.Add(1);
}
