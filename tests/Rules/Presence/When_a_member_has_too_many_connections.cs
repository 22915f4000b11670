using WhatsSound.Gateway.Delivery;
using WhatsSound.Grains.Presence;
using WhatsSound.Presence;

namespace WhatsSound.Tests.Rules.Presence;

/// <summary>Ann has as many connections as one member takes; most of them may be dead, which nobody knows for a lease.</summary>
public sealed class When_a_member_has_too_many_connections
{
    private const string Room = "room:jazz";

    private readonly Membership _membership = new(100, TimeSpan.FromSeconds(15), 0);
    private readonly PresenceLedger _ledger = new(Guid.Empty);

    public When_a_member_has_too_many_connections()
    {
        for (var number = 1; number <= PresenceRules.ConnectionsPerMemberMax; number++)
            Assert.Null(Enter($"c{number}"));
        _membership.Tick(200);
    }

    [Fact]
    public void Should_let_the_newest_in_and_go_on_showing_one_member()
    {
        Assert.Null(Enter("newest"));

        Assert.Equal("newest", Assert.Single(Assert.Single(_membership.Tick(400).Publications).Updated).DisplayName);
        Assert.Equal(PresenceRules.ConnectionsPerMemberMax, _membership.ToKept().Members[0].Connections.Length);
    }

    [Fact]
    public void Should_take_the_place_of_the_one_that_entered_first()
    {
        Enter("newest");

        Assert.DoesNotContain(_membership.ToKept().Members[0].Connections, connection => connection.ConnectionId == "c1");
    }

    [Fact]
    public void Should_have_its_gateway_take_that_one_off_its_list()
    {
        Enter("newest");
        foreach (var page in _ledger.Pages(Room))
        {
            var answer = _membership.Reconcile(page, 300);
            Assert.Equal(["c1"], answer.Refused);
            _ledger.Remove(Room, page, answer);
        }

        Assert.True(_membership.Agree(new() { GatewayId = Guid.Empty, ConnectionCount = 0, Connections = _ledger.Settled(Room) }));
    }

    private Refusal? Enter(string connectionId)
    {
        var entry = _ledger.Enter(Room, new PresenceEntry { UserId = "ann", ConnectionId = connectionId, GatewayId = Guid.Empty, DisplayName = connectionId });
        var refusal = _membership.Enter(entry, 0);
        _ledger.Entered(Room, entry);
        return refusal;
    }
}
