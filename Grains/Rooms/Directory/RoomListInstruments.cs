using System.Diagnostics.Metrics;
using WhatsSound.Grains.Metrics;

namespace WhatsSound.Grains.Rooms;

/// <summary>How the list of rooms is read.</summary>
internal sealed class RoomListInstruments(GrainsMeter meter)
{
    private readonly Histogram<double> _duration = meter.Meter.CreateHistogram<double>("whatssound.rooms.list.duration", "s", "How long it took to find a page of the list of rooms.");
    private readonly Counter<long> _silent = meter.Meter.CreateCounter<long>("whatssound.rooms.list.silent", "{part}", "Parts of the list of rooms that did not answer in time.");

    public void Found(TimeSpan took, int silentCount)
    {
        _duration.Record(took.TotalSeconds);
        if (silentCount > 0)
            _silent.Add(silentCount);
    }
}
