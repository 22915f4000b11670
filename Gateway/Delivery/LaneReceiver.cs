using WhatsSound.Channels;
using WhatsSound.Streams;

namespace WhatsSound.Gateway.Delivery;

/// <summary>Where the lanes of all silos end. It sees by the batch numbers when one has lost something. It waits for nothing.</summary>
internal sealed class LaneReceiver(Action<Guid, ChannelFrame> dispatch, Action<Guid> skip, ILogger<LaneReceiver> logger) : ILaneReceiver
{
    /// <summary>Lanes remembered: one per silo run. At the bound all are forgotten, which costs a verification.</summary>
    private const int LanesMax = 256;

    private readonly Dictionary<Guid, long> _lastSequences = [];
    private readonly Lock _gate = new();

    public Task DeliverAsync(LaneBatch batch)
    {
        if (!Continues(batch))
        {
            DeliveryLog.LaneSkipped(logger, batch.LaneId, batch.Sequence);
            skip(batch.LaneId);
        }

        foreach (var frame in batch.Frames)
            dispatch(batch.LaneId, frame);
        return Task.CompletedTask;
    }

    private bool Continues(LaneBatch batch)
    {
        lock (_gate)
        {
            if (_lastSequences.Count == LanesMax && !_lastSequences.ContainsKey(batch.LaneId))
                _lastSequences.Clear();
            var expected = _lastSequences.GetValueOrDefault(batch.LaneId) + 1;
            _lastSequences[batch.LaneId] = batch.Sequence;
            return batch.Sequence == expected;
        }
    }
}
