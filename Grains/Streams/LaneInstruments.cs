using System.Diagnostics.Metrics;
using WhatsSound.Grains.Metrics;

namespace WhatsSound.Grains.Streams;

/// <summary>What lanes count.</summary>
internal sealed class LaneInstruments(GrainsMeter meter)
{
    private readonly UpDownCounter<long> _queued = meter.Meter.CreateUpDownCounter<long>(
        "whatssound.lane.queue.length", "{frame}", "Frames that wait for gateways, over all lanes of this silo.");

    private readonly Counter<long> _resets = meter.Meter.CreateCounter<long>(
        "whatssound.lane.resets", "{reset}", "Skips of a lane's sequence: batches without an answer, and overflows.");

    public void Queued(int by)
    {
        if (by != 0)
            _queued.Add(by);
    }

    public void Reset() => _resets.Add(1);
}
