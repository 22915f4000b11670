using WhatsSound.Channels;

namespace WhatsSound.Tests.Simulation.Judges;

/// <summary>
/// Looks at every frame that leaves a silo: an offset of an epoch is one publication, whoever sends it (INV-C1), and a conflated channel sends at most
/// two frames in any second, as long as it stays active (INV-T7).
/// </summary>
internal sealed class OffsetJudge(Findings findings)
{
    private readonly Dictionary<(string Channel, string Epoch, long Offset), string> _ids = [];
    private readonly Dictionary<(string Silo, string Channel), Queue<long>> _conflated = [];

    public void Saw(string silo, ChannelFrame frame, long nowMs)
    {
        foreach (var publication in frame.Publications)
        {
            var place = (frame.Channel, frame.Epoch, publication.Offset);
            if (!_ids.TryAdd(place, publication.Id))
                findings.Check(_ids[place] == publication.Id, "INV-C1", () => $"{place} is both {_ids[place]} and {publication.Id}.");
        }

        if (frame.Class == DeliveryClass.Conflated)
            CountInSecond((silo, frame.Channel), nowMs);
    }

    /// <summary>The channel leaves its silo, and may come back to it: the interval is not kept.</summary>
    public void Left(string channel)
    {
        foreach (var source in _conflated.Keys.Where(source => source.Channel == channel).ToList())
            _conflated.Remove(source);
    }

    private void CountInSecond((string Silo, string Channel) source, long nowMs)
    {
        if (!_conflated.TryGetValue(source, out var times))
            _conflated.Add(source, times = new());
        times.Enqueue(nowMs);
        if (times.Count <= 2)
            return;
        var third = times.Dequeue();
        findings.Check(nowMs - third >= 1000, "INV-T7", () => $"{source} sent three frames within {nowMs - third} ms.");
    }
}
