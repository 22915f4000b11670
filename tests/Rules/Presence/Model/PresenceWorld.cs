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

    /// <summary>How long changes are collected before they are kept.</summary>
    public const long KeepMs = 350;

    private readonly ShownModel _model = new(LeaseMs, GraceMs);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly HashSet<string> _enteredSinceKept = new(StringComparer.Ordinal);
    private readonly HashSet<string> _forgotten = new(StringComparer.Ordinal);
    private readonly int _detailMax;
    private GatewayLeases _leases = new(TimeSpan.FromMilliseconds(LeaseMs));
    private Membership _membership;
    private bool _isDown;
    private long? _keepDueMs;
    private (long Revision, MembershipMemory Memory, Action<long> Model) _kept;

    public PresenceWorld(VirtualNetwork network, int gatewaysCount, int detailMax = 10_000)
    {
        Network = network;
        _detailMax = detailMax;
        _membership = new(detailMax, TimeSpan.FromMilliseconds(GraceMs), network.NowMs);
        Keep();
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

    public void Pass(long ms) => Network.Pass(ms, () => _isDown ? null : Earlier(_keepDueMs, Earlier(_membership.DueMs, _leases.DueMs)), Look);

    /// <summary>The channel is gone for a while: killed, or in good order, so that it keeps what it knows. It comes back with what it has kept.</summary>
    public void Restart(long awayMs, bool isKilled)
    {
        if (_isDown)
            return;
        if (!isKilled)
            Keep();
        _forgotten.UnionWith(_enteredSinceKept);
        _isDown = true;
        Network.After(awayMs, Return);
    }

    /// <summary>Nothing is under way any more: exactly those are shown who are in.</summary>
    public void CheckAtRest() => Assert.Equal(
        Gateways.SelectMany(static gateway => gateway.InUsers).Distinct().Order(StringComparer.Ordinal),
        _model.Here.Select(static user => user.Id).Order(StringComparer.Ordinal));

    public bool Enter(PresenceEntry entry)
    {
        if (_isDown)
            return false;
        var isTaken = _membership.Enter(entry, Network.NowMs) is null;
        if (isTaken)
            _leases.Renew(entry.GatewayId, Network.NowMs);
        Assert.Equal(_model.Enter(entry, Network.NowMs), isTaken);

        // What the entry answers is a view: nobody who is surely in may be missing.
        Assert.All(SurelyIn(), userId => Assert.NotNull(_membership.Find(userId)));
        _enteredSinceKept.Add(entry.UserId);
        return isTaken;
    }

    public bool Leave(PresenceExit exit)
    {
        if (_isDown)
            return false;
        _membership.Leave(exit, Network.NowMs);
        _model.Leave(exit, Network.NowMs);
        return true;
    }

    public bool Renew(GatewayLease lease, Action<bool> answer)
    {
        if (_isDown)
            return false;
        _leases.Renew(lease.GatewayId, Network.NowMs);
        _model.Heard(lease.GatewayId, Network.NowMs);
        answer(_membership.Agree(lease));
        return true;
    }

    public bool Reconcile(PresenceRoll page, Action<PresenceRollAnswer> answer)
    {
        if (_isDown)
            return false;
        _leases.Renew(page.GatewayId, Network.NowMs);
        _model.Reconcile(page, Network.NowMs);
        answer(_membership.Reconcile(page, Network.NowMs));
        return true;
    }

    /// <summary>Does what is due, and compares what is shown with what must be.</summary>
    private void Look()
    {
        if (_isDown)
            return;
        foreach (var gatewayId in _leases.TakeEnded(Network.NowMs))
            _membership.DropGateway(gatewayId, Network.NowMs);
        var tick = _membership.Tick(Network.NowMs);
        _model.Pass(Network.NowMs);

        Assert.Equal(_model.Here.Count, _membership.Total);
        foreach (var user in _model.Here)
            Assert.Equal((user.Id, user.Shown), (user.Id, _membership.Find(user.Id)?.DisplayName));
        if (tick.Publication is { } changed)
            CheckTold(changed);
        if (_membership.Revision != _kept.Revision)
            _keepDueMs ??= Network.NowMs + KeepMs;
        if (_keepDueMs <= Network.NowMs)
            Keep();
    }

    /// <summary>Who is in, but for those with a connection that came a moment before the channel was killed: it knows of it when the gateway reconciles.</summary>
    private IEnumerable<string> SurelyIn() => Gateways.SelectMany(static gateway => gateway.InUsers).Where(userId => !_forgotten.Contains(userId));

    private void Keep()
    {
        _enteredSinceKept.Clear();
        _keepDueMs = null;
        _kept = (_membership.Revision, KeptMembership.Of(_membership.ToMemory()) with { Exits = [] }, _model.Keep());
    }

    private void Return()
    {
        _isDown = false;
        _membership = new(_detailMax, TimeSpan.FromMilliseconds(GraceMs), KeptMembership.Begin(_kept.Memory, TimeSpan.FromMilliseconds(GraceMs), TimeSpan.FromMilliseconds(LeaseMs), Network.NowMs));
        _leases = new(TimeSpan.FromMilliseconds(LeaseMs));
        foreach (var gatewayId in _membership.Gateways)
            _leases.Renew(gatewayId, Network.NowMs);
        _kept.Model(Network.NowMs);
        _kept.Revision = 0;

        // Whoever followed begins with a view.
        _told.Clear();
        _told.UnionWith(_model.Here.Select(static user => user.Id));
    }

    private void CheckTold(PresenceChanged changed)
    {
        ToldCount++;
        var isIn = SurelyIn().ToHashSet(StringComparer.Ordinal);
        Assert.All(changed.Left, userId => Assert.False(isIn.Contains(userId), $"{userId} is told as left, and is in."));
        Assert.All(changed.Left, userId => Assert.True(_told.Remove(userId), $"{userId} left twice."));
        Assert.All(changed.Joined, member => Assert.True(_told.Add(member.UserId), $"{member.UserId} joined twice."));
        Assert.Equal(changed.Total, _told.Count);
    }

    private static long? Earlier(long? one, long? other) => one < other ? one : other ?? one;
}
