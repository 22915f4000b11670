using WhatsSound.Publications;

namespace WhatsSound.Tests.Simulation.Judges;

/// <summary>
/// Looks at every frame that leaves a silo: an offset of an epoch is one publication, whoever sends it (INV-C1), and a conflated channel sends at most
/// two frames in any second, as long as it stays active (INV-T7). Safe from any thread.
/// </summary>
internal sealed class OffsetJudge(Findings findings)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _leaving = [];
    private readonly Dictionary<(string Channel, string Epoch, long Offset), string> _ids = [];
    private readonly Dictionary<(string Silo, string Channel), Queue<long>> _conflated = [];

    public void Saw(string silo, ChannelFrame frame, long nowMs)
    {
        lock (_gate)
        {
            foreach (var publication in frame.Publications)
                CheckOne((frame.Channel, frame.Epoch, publication.Offset), publication.Id);

            // An empty frame reminds gateways of how far the channel is after a move; no client gets it.
            if (frame is { Class: DeliveryClass.Conflated, Publications.IsEmpty: false } && !_leaving.Contains(silo))
                CountInSecond((silo, frame.Channel), nowMs);
        }
    }

    /// <summary>The silo is killed: what it still sends, it sends at once.</summary>
    public void Leaves(string silo)
    {
        lock (_gate)
            _leaving.Add(silo);
    }

    /// <summary>The channel leaves its silo, and may come back to it: the interval is not kept.</summary>
    public void Left(string channel)
    {
        lock (_gate)
        {
            foreach (var source in _conflated.Keys.Where(source => source.Channel == channel).ToList())
                _conflated.Remove(source);
        }
    }

    private void CheckOne((string Channel, string Epoch, long Offset) place, string id)
    {
        if (!_ids.TryAdd(place, id))
            findings.Check(_ids[place] == id, "INV-C1", () => $"{place} is both {_ids[place]} and {id}.");
    }

    private void CountInSecond((string Silo, string Channel) source, long nowMs)
    {
        if (!_conflated.TryGetValue(source, out var times))
            _conflated.Add(source, times = new());
        times.Enqueue(nowMs);
        if (times.Count <= 2)
            return;
        var third = times.Dequeue();
        findings.Check(nowMs - third >= 1000 - Findings.SlackMs, "INV-T7", () => $"{source} sent three frames within {nowMs - third} ms.");
    }
}
