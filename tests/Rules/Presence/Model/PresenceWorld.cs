using WhatsSound.Channels;
using WhatsSound.Grains.Channels;
using WhatsSound.Grains.Presence;
using WhatsSound.Presence;

namespace WhatsSound.Tests.Rules.Presence.Model;

/// <summary>
/// A channel's presence and the gateways that enter connections, the product's own, over a network that delays and doubles; and the model of who must be shown, which
/// sees what arrives. Grace and lease are a sixth of the real ones.
/// </summary>
internal sealed class PresenceWorld
{
    public const long LeaseMs = 5_000;
    public const long GraceMs = 2_500;
    public const long RenewMs = 500;

    private readonly GatewayLeases _leases = new(TimeSpan.FromMilliseconds(LeaseMs));
    private readonly ShownModel _model = new(LeaseMs, GraceMs);
    private readonly Membership _membership;
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    public PresenceWorld(VirtualNetwork network, int gatewaysCount, int detailMax = 10_000)
    {
        Network = network;
        _membership = new(detailMax, TimeSpan.FromMilliseconds(GraceMs), network.NowMs);
        Gateways = [.. Enumerable.Range(0, gatewaysCount).Select(_ => new WorldGateway(this))];
        foreach (var gateway in Gateways)
            gateway.Start();
    }

    public VirtualNetwork Network { get; }

    public IList<WorldGateway> Gateways { get; }

    public int ReconciledCount { get; set; }

    public int ToldCount { get; private set; }

    public int MembersCount => _membership.Total;

    public WorldGateway Replace(int index)
    {
        Gateways[index].Die();
        Gateways[index] = new(this);
        Gateways[index].Start();
        return Gateways[index];
    }

    public void Pass(long ms) => Network.Pass(ms, () => Earlier(_membership.DueMs, _leases.DueMs), Look);

    public bool Enter(PresenceEntry entry)
    {
        var isTaken = _membership.Enter(entry, Network.NowMs) is null;
        if (isTaken)
            _leases.Renew(entry.GatewayId, Network.NowMs);
        Assert.Equal(_model.Enter(entry, Network.NowMs), isTaken);

        // What the entry answers is a view: nobody who is surely in may be missing.
        Assert.All(Gateways.SelectMany(static gateway => gateway.InUsers), userId => Assert.NotNull(_membership.Find(userId)));
        return isTaken;
    }

    public bool Leave(PresenceExit exit)
    {
        _membership.Leave(exit, Network.NowMs);
        _model.Leave(exit, Network.NowMs);
        return true;
    }

    public bool Renew(GatewayLease lease, Action<bool> answer)
    {
        _leases.Renew(lease.GatewayId, Network.NowMs);
        _model.Heard(lease.GatewayId, Network.NowMs);
        answer(_membership.Agree(lease));
        return true;
    }

    public bool Reconcile(PresenceRoll page, Action<PresenceRollAnswer> answer)
    {
        _leases.Renew(page.GatewayId, Network.NowMs);
        _model.Reconcile(page, Network.NowMs);
        answer(_membership.Reconcile(page, Network.NowMs));
        return true;
    }

    /// <summary>Does what is due, and compares what is shown with what must be.</summary>
    private void Look()
    {
        foreach (var gatewayId in _leases.TakeEnded(Network.NowMs))
            _membership.DropGateway(gatewayId, Network.NowMs);
        var tick = _membership.Tick(Network.NowMs);
        _model.Pass(Network.NowMs);

        Assert.Equal(_model.Here.Count, _membership.Total);
        foreach (var user in _model.Here)
            Assert.Equal((user.Id, user.Shown), (user.Id, _membership.Find(user.Id)?.DisplayName));
        if (tick.Publication is { } changed)
            CheckTold(changed);
    }

    private void CheckTold(PresenceChanged changed)
    {
        ToldCount++;
        Assert.All(changed.Left, userId => Assert.True(_told.Remove(userId), $"{userId} left twice."));
        Assert.All(changed.Joined, member => Assert.True(_told.Add(member.UserId), $"{member.UserId} joined twice."));
        Assert.Equal(changed.Total, _told.Count);
    }

    private static long? Earlier(long? one, long? other) => one < other ? one : other ?? one;
}
