namespace WhatsSound.Grains.Channels;

/// <summary>Which gateways are alive, as far as a channel knows: each until a lease after it was last heard of.</summary>
internal sealed class GatewayLeases(TimeSpan lease)
{
    private readonly long _leaseMs = (long)lease.TotalMilliseconds;
    private readonly Dictionary<Guid, long> _endMs = [];

    /// <summary>When the first lease ends; null without any.</summary>
    public long? DueMs { get; private set; }

    /// <summary>The gateway was heard of.</summary>
    public void Renew(Guid gatewayId, long nowMs)
    {
        _endMs[gatewayId] = nowMs + _leaseMs;
        DueMs = _endMs.Values.Min();
    }

    /// <summary>The gateways whose lease has ended; they are forgotten.</summary>
    public IReadOnlyList<Guid> TakeEnded(long nowMs)
    {
        if (!(DueMs <= nowMs))
            return [];
        List<Guid> ended = [.. _endMs.Where(lease => lease.Value <= nowMs).Select(lease => lease.Key)];
        foreach (var gatewayId in ended)
            _endMs.Remove(gatewayId);
        DueMs = _endMs.Count == 0 ? null : _endMs.Values.Min();
        return ended;
    }
}
