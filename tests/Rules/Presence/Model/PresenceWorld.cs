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

    // By connection id.
    private readonly HashSet<string> _enteredSinceKept = new(StringComparer.Ordinal);
    private readonly HashSet<string> _forgotten = new(StringComparer.Ordinal);
    private readonly int _detailMax;
    private GatewayLeases _leases = new(TimeSpan.FromMilliseconds(LeaseMs));
    private Membership _membership;
    private bool _isDown;
    private KeepingTime _keeping = new(KeepMs);
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

    public void Pass(long ms) => Network.Pass(ms, () => _isDown ? null : Earlier(_keeping.DueMs, Earlier(_membership.DueMs, _leases.DueMs)), Look);

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
        Gateways.SelectMany(static gateway => gateway.In).Select(static entry => entry.UserId).Distinct().Order(StringComparer.Ordinal),
        _model.Here.Select(static user => user.Id).Order(StringComparer.Ordinal));

    public bool Enter(PresenceEntry entry)
    {
        if (_isDown)
            return false;
        var isTaken = _membership.Enter(entry, Network.NowMs) is null;
        if (isTaken)
            _leases.Renew(entry.GatewayId, Network.NowMs);
        Assert.Equal(_model.Enter(entry, Network.NowMs), isTaken);

        if (isTaken)
            Entered(entry.ConnectionId);

        // What the entry answers is a view: nobody who is surely in may be missing.
        Assert.Empty(SurelyIn().Except(Shown().Keys, StringComparer.Ordinal));
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
        var made = _membership.Reconcile(page, Network.NowMs);
        foreach (var entry in page.Entries.Where(entry => !made.Refused.Contains(entry.ConnectionId, StringComparer.Ordinal)))
            Entered(entry.ConnectionId);
        answer(made);
        return true;
    }

    /// <summary>Does what is due, and compares what is shown with what must be.</summary>
    private void Look()
    {
        if (_isDown)
            return;
        _membership.DropGateways(_leases.TakeEnded(Network.NowMs), Network.NowMs);
        var tick = _membership.Tick(Network.NowMs);
        _model.Pass(Network.NowMs);

        var shown = Shown();
        Assert.Equal(_model.Here.Count, shown.Count);
        foreach (var user in _model.Here)
            Assert.Equal((user.Id, user.Shown), (user.Id, shown.GetValueOrDefault(user.Id)));
        foreach (var changed in tick.Publications)
            CheckTold(changed);
        if (_keeping.TakeDue(_membership.Revision != _kept.Revision, Network.NowMs))
            Keep();
    }

    /// <summary>Who is in by a connection that did not come a moment before the channel was killed: of such a one it knows again when the gateway reconciles.</summary>
    private IEnumerable<string> SurelyIn() =>
        Gateways.SelectMany(static gateway => gateway.In).Where(entry => !_forgotten.Contains(entry.ConnectionId)).Select(static entry => entry.UserId);

    private Dictionary<string, string?> Shown() =>
        _membership.ToKept().Members.ToDictionary(static member => member.UserId, static member => member.DisplayName, StringComparer.Ordinal);

    private void Entered(string connectionId)
    {
        _forgotten.Remove(connectionId);
        _enteredSinceKept.Add(connectionId);
    }

    private void Keep()
    {
        _enteredSinceKept.Clear();
        _kept = (_membership.Revision, KeptMembership.Of(_membership.ToKept()), _model.Keep());
    }

    private void Return()
    {
        _isDown = false;
        _keeping = new(KeepMs);
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
