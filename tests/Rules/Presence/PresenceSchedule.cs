using WhatsSound.Grains.Channels;
using WhatsSound.Grains.Presence;
using WhatsSound.Presence;

namespace WhatsSound.Tests.Rules.Presence;

/// <summary>Plays a script of entries, exits, losses, renewals and time against a membership, as a channel drives it, and against the oracle.</summary>
internal sealed class PresenceSchedule
{
    private const long LeaseMs = 3_000;
    private const long GraceMs = 1_500;

    private static readonly string[] Users = ["ann", "bob", "cem", "dee"];
    private static readonly Guid[] Gateways = [new(1, 0, 0, new byte[8]), new(2, 0, 0, new byte[8]), new(3, 0, 0, new byte[8])];

    private readonly int _detailMax;
    private Membership _membership;
    private readonly GatewayLeases _leases = new(TimeSpan.FromMilliseconds(LeaseMs));
    private readonly Oracle _oracle = new(LeaseMs, GraceMs);
    private long _nowMs = 1_000_000;
    private long _sequence;

    private readonly long _stepMaxMs;

    /// <param name="detailMax">Up to how many are told one by one.</param>
    /// <param name="stepMaxMs">The time between two steps; much happens within a tick where it is shorter than that.</param>
    public PresenceSchedule(int detailMax, long stepMaxMs = 900)
    {
        (_detailMax, _stepMaxMs) = (detailMax, stepMaxMs);
        _membership = new(detailMax, TimeSpan.FromMilliseconds(GraceMs), _nowMs);
    }

    public List<PresenceChanged> Told { get; } = [];

    public List<PresenceDelta> Deltas { get; } = [];

    public IEnumerable<string> Expected => _oracle.PresentAt(_nowMs);

    public IEnumerable<string> Actual => Users.Intersect(_membership.ToKept().Members.Select(static member => member.UserId), StringComparer.Ordinal);

    /// <summary>What who follows connections was told.</summary>
    public List<ConnectionsChanged> ConnectionsTold { get; } = [];

    public IEnumerable<string> ConnectionsExpected => _oracle.ShownAt(_nowMs);

    public ConnectionsPage Connections() => _membership.Connections(after: null);

    /// <summary>Moves to another silo, or rests and comes back; all has been told by then.</summary>
    public void Move()
    {
        Take(_membership.Tick(_nowMs, isLast: true));
        _membership = new(_detailMax, TimeSpan.FromMilliseconds(GraceMs), _membership.ToMemory(_nowMs));
    }

    public PresenceView View() => _membership.Reading.View(new("e", 0), _nowMs);

    public PresenceRoster Roster() => _membership.Reading.Roster(knownVersion: 0);

    public void Step(byte step)
    {
        var user = Users[step >> 2 & 3];
        var connection = $"c{step >> 4 & 1}";
        var gateway = Gateways[step % 3];
        switch (step & 3)
        {
            case 0 or 1:
                var entry = new PresenceEntry { UserId = user, ConnectionId = connection, GatewayId = gateway, Sequence = ++_sequence, Info = new(new[] { (byte)('1' + (step >> 6)) }) };
                _membership.Enter(entry, _nowMs);
                _leases.Renew(gateway, _nowMs);
                _oracle.Enter(entry, _nowMs);
                break;
            case 2:
                var isLost = (step & 64) != 0;
                _membership.Leave(new() { UserId = user, ConnectionId = connection, Abrupt = isLost, Sequence = ++_sequence }, _nowMs);
                _oracle.Leave(user, connection, isLost, _nowMs);
                break;
            default:
                _leases.Renew(gateway, _nowMs);
                Assert.True(_membership.Agree(_oracle.LeaseOf(gateway, _sequence)));
                _oracle.Renew(gateway, _nowMs);
                break;
        }

        Pass((step * 37L) % _stepMaxMs);
    }

    /// <summary>Lets time pass, and wakes the membership whenever something is due, as the channel's timer does.</summary>
    public void Pass(long ms)
    {
        var untilMs = _nowMs + ms;
        for (var dueMs = DueMs; dueMs <= untilMs; dueMs = DueMs)
        {
            _nowMs = Math.Max(_nowMs, dueMs);
            Wake();
        }

        _nowMs = untilMs;
        Wake();
        _oracle.Pass(_nowMs);
    }

    /// <summary>Lets time pass until nobody has come or gone for so long that all has been told.</summary>
    public void Settle()
    {
        string[] before;
        do
        {
            before = [.. Expected, .. ConnectionsExpected];
            Pass(PresenceRules.SummaryMs + PresenceRules.TickMs);
        }
        while (!before.SequenceEqual([.. Expected, .. ConnectionsExpected]));
    }

    private long DueMs => Math.Min(_membership.DueMs ?? long.MaxValue, _leases.DueMs ?? long.MaxValue);

    private void Wake()
    {
        _membership.DropGateways(_leases.TakeEnded(_nowMs), _nowMs);
        Take(_membership.Tick(_nowMs));
    }

    private void Take(PresenceTick tick)
    {
        if (tick.Connections is { } connections)
            ConnectionsTold.Add(connections);
        Told.AddRange(PresencePublications.Of(tick, _membership.Total).Select(static published => published.Members));
        if (tick.Delta is { } delta)
            Deltas.Add(delta);
    }
}
