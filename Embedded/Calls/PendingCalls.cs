using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Calls;

/// <summary>The calls that a node waits for.</summary>
internal sealed class PendingCalls(Node node)
{
    private readonly Dictionary<TimeSpan, TimeoutLane> byTimeout = [];
    private readonly TimeoutLane usual = new(node.ResponseTimeout, node);

    public void Add(Call call) => LaneFor(call.Method.ResponseTimeout).Add(call);

    public void FailAll(Exception exception)
    {
        TimeoutLane[] lanes;
        lock (byTimeout) lanes = [usual, .. byTimeout.Values];
        foreach (var call in lanes.SelectMany(lane => lane.TakeAll())) call.GiveUp(exception);
    }

    private TimeoutLane LaneFor(TimeSpan? timeout)
    {
        if (timeout is not { } own) return usual;
        lock (byTimeout)
        {
            if (!byTimeout.TryGetValue(own, out var lane)) byTimeout.Add(own, lane = new(own, node));
            return lane;
        }
    }
}
