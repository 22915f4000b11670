using WhatsSound.Gateway.Delivery;
using WhatsSound.Presence;

namespace WhatsSound.Tests.Rules.Presence.Model;

/// <summary>A gateway as its sessions and its lease see it, with the product's ledger.</summary>
internal sealed class WorldGateway(PresenceWorld world)
{
    public const string Channel = "room:jazz";
    private const int LeaveAttemptsMax = 3;

    private readonly HashSet<string> _open = [];

    public Guid Id { get; } = Guid.NewGuid();

    public PresenceLedger Ledger { get; private set; } = null!;

    public bool IsDead { get; private set; }

    /// <summary>The connections that are surely in: their entries were answered, and they have not left.</summary>
    public IEnumerable<PresenceEntry> In => IsDead ? [] : Ledger.Pages(Channel).SelectMany(page => page.Entries);

    public void Start()
    {
        Ledger = new(Id);
        world.Network.After(PresenceWorld.RenewMs, Renew);
    }

    /// <summary>As a kill: nobody is told.</summary>
    public void Die() => IsDead = true;

    /// <summary>Enters, or enters anew with another info.</summary>
    public void Enter(string userId, string connectionId, string shown)
    {
        _open.Add(connectionId);
        var entry = Ledger.Enter(Channel, new() { UserId = userId, ConnectionId = connectionId, GatewayId = Id, DisplayName = shown });
        Call(() => world.Enter(entry), isDone =>
        {
            if (isDone && _open.Contains(connectionId))
                Ledger.Entered(Channel, entry);
            else if (Ledger.MaybeEntered(Channel, entry) is { } exit)
                Send(exit, 1);
        });
    }

    public void Leave(string connectionId, bool isAbrupt)
    {
        if (isAbrupt)
            _open.Remove(connectionId);
        if (Ledger.Exit(Channel, connectionId, isAbrupt) is { } exit)
            Send(exit, 1);
    }

    private void Send(PresenceExit exit, int attempt) => Call(() => world.Leave(exit), isDone =>
    {
        if (isDone || attempt == LeaveAttemptsMax)
            Ledger.Exited(Channel, exit);
        else
            Send(exit, attempt + 1);
    });

    private void Renew()
    {
        if (IsDead)
            return;
        var settled = Ledger.Settled(Channel);
        var isKnown = true;
        Call(() => world.Renew(new() { GatewayId = Id, ConnectionCount = settled.Count, Connections = settled }, known => isKnown = known), isDone =>
        {
            if (isDone && !isKnown)
                Reconcile();
        });
        world.Network.After(PresenceWorld.RenewMs, Renew);
    }

    private void Reconcile()
    {
        world.ReconciledCount++;
        foreach (var page in Ledger.Pages(Channel))
        {
            var answer = new PresenceRollAnswer { Refused = [] };
            Call(() => world.Reconcile(page, given => answer = given), isDone =>
            {
                if (isDone)
                    Ledger.Remove(Channel, page, answer);
            });
        }
    }

    private void Call(Func<bool> arrive, Action<bool> answered)
    {
        if (!IsDead)
            world.Network.Call(arrive, isDone => answered(isDone && !IsDead));
    }
}
