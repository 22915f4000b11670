using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Grains.Presence;
using WhatsSound.Presence;

namespace WhatsSound.Tests.Rules.Presence;

public sealed class When_very_many_are_present
{
    private const string Room = "room:jazz";

    private static readonly Guid Gateway = new(1, 0, 0, new byte[8]);

    private readonly Membership _membership = new(detailMax: 100, TimeSpan.FromSeconds(15), nowMs: 0);
    private readonly PresenceLedger _ledger = new(Gateway);

    public When_very_many_are_present()
    {
        for (var user = 0; user < 1_000; user++)
            Enter($"user{user}", nowMs: user);
    }

    [Fact]
    public void Should_sample_anew_when_the_sample_is_old()
    {
        var before = Sample(nowMs: 1_000)[0].UserId;
        _membership.Touch("user5", nowMs: 1_100);

        Assert.Equal("user999", before);
        Assert.Equal("user999", Sample(nowMs: 1_200)[0].UserId);
        Assert.Equal("user5", Sample(nowMs: 1_000 + PresenceRules.SampleAgeMs)[0].UserId);
    }

    [Fact]
    public void Should_never_show_one_who_has_left()
    {
        Sample(nowMs: 1_000);
        _membership.Leave(new() { UserId = "user999", ConnectionId = "user999" }, nowMs: 1_001);

        Assert.DoesNotContain(Sample(nowMs: 1_002), member => member.UserId == "user999");
    }

    [Fact]
    public void Should_show_new_hosts_at_once()
    {
        Sample(nowMs: 1_000);
        _membership.SetHosts(["user7"], nowMs: 1_001);

        Assert.Equal("user7", Sample(nowMs: 1_002)[0].UserId);
    }

    [Fact]
    public void Should_find_the_connections_that_a_gateway_lost_without_a_word()
    {
        Assert.True(_membership.Agree(Lease()));
        foreach (var userId in new[] { "user7", "user77" })
            _ledger.Exited(Room, _ledger.Exit(Room, userId, isAbrupt: true)!);

        Assert.False(_membership.Agree(Lease()));
        foreach (var page in _ledger.Pages(Room))
            Assert.Empty(_membership.Reconcile(page, nowMs: 2_000).Refused);

        Assert.True(_membership.Agree(Lease()));
        _membership.Tick(nowMs: 2_000 + 15_000);
        Assert.Equal(998, _membership.Total);
        Assert.DoesNotContain("user7", _membership.ToKept().Members.Select(static member => member.UserId));
    }

    private ImmutableArray<PresenceMember> Sample(long nowMs) => _membership.Reading.View(new("e", 0), nowMs).Members;

    private GatewayLease Lease() => new() { GatewayId = Gateway, ConnectionCount = 0, Connections = _ledger.Settled(Room) };

    private void Enter(string userId, long nowMs)
    {
        var entry = _ledger.Enter(Room, new() { UserId = userId, ConnectionId = userId, GatewayId = Gateway });
        Assert.Null(_membership.Enter(entry, nowMs));
        _ledger.Entered(Room, entry);
    }
}
