using WhatsSound.Grains.Streams;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// Which gateways are alive, as far as a channel knows: each until a lease after it was last heard of, by the channel itself or by what stands at its lane.
/// </summary>
/// <param name="lease">How long a lease lasts.</param>
/// <param name="watch">What sees when one is over; null: the caller looks at <see cref="DueMs"/>.</param>
/// <param name="wake">Has the channel come to look; any thread calls it.</param>
internal sealed class GatewayLeases(TimeSpan lease, LeaseWatch? watch = null, Action? wake = null)
{
    private long _leaseMs = (long)lease.TotalMilliseconds;
    private readonly Dictionary<Guid, HeldLease> _leases = [];

    /// <summary>When the first lease ends, unless what stands has counted since; null without any.</summary>
    public long? DueMs { get; private set; }

    public bool HasAny => _leases.Count > 0;

    /// <summary>Leases last so long whenever their gateway is heard of from now on.</summary>
    public void Follow(TimeSpan next)
    {
        _leaseMs = (long)next.TotalMilliseconds;
        foreach (var held in _leases.Values)
            held.Follow(_leaseMs);
    }

    /// <summary>The gateway was heard of.</summary>
    public void Renew(Guid gatewayId, long nowMs)
    {
        var held = LeaseOf(gatewayId);
        held.Renew(nowMs);
        Watch(held);
        SetDue();
    }

    /// <summary>The gateway has renewed: from now on that stands, or, if null, nothing does.</summary>
    public void Stand(Guid gatewayId, StandingRenewal? standing)
    {
        var held = LeaseOf(gatewayId);
        held.Standing?.Replace();
        held.Standing = standing;
        Watch(held);
    }

    /// <summary>There is something new to say to all gateways.</summary>
    public void EndStanding()
    {
        foreach (var held in _leases.Values)
            held.Standing?.End();
    }

    /// <summary>There is something new to say to this gateway.</summary>
    public void EndStanding(Guid gatewayId)
    {
        if (_leases.TryGetValue(gatewayId, out var held))
            held.Standing?.End();
    }

    /// <summary>The gateways whose lease has ended; they are forgotten.</summary>
    public IReadOnlyList<Guid> TakeEnded(long nowMs)
    {
        if (!(DueMs <= nowMs))
            return [];
        var ended = _leases.Where(held => held.Value.EndMs <= nowMs).Select(static held => held.Key).ToList();
        foreach (var gatewayId in ended)
        {
            EndStanding(gatewayId);
            _leases[gatewayId].Over();
            _leases.Remove(gatewayId);
        }

        SetDue();
        return ended;
    }

    /// <summary>The channel leaves its silo.</summary>
    public void Leave()
    {
        EndStanding();
        foreach (var held in _leases.Values)
            held.Over();
    }

    private HeldLease LeaseOf(Guid gatewayId)
    {
        if (!_leases.TryGetValue(gatewayId, out var held))
            _leases.Add(gatewayId, held = new(_leaseMs, wake ?? (static () => { })));
        return held;
    }

    private void Watch(HeldLease held)
    {
        if (!held.IsWatched)
            watch?.Add(held);
    }

    private void SetDue() => DueMs = _leases.Count == 0 ? null : _leases.Values.Min(static held => held.EndMs);
}
