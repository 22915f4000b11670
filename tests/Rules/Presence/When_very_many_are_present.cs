using WhatsSound.Channels;
using WhatsSound.Grains.Presence;
using WhatsSound.Presence;

namespace WhatsSound.Tests.Rules.Presence;

public sealed class When_very_many_are_present
{
    private static readonly Guid Gateway = new(1, 0, 0, new byte[8]);

    private readonly Membership _membership = new(detailMax: 100, TimeSpan.FromSeconds(15), nowMs: 0);

    public When_very_many_are_present()
    {
        for (var user = 0; user < 1_000; user++)
            Enter($"user{user}", nowMs: user);
    }

    [Fact]
    public void Should_sample_anew_when_the_sample_is_old()
    {
        var before = _membership.Sample(nowMs: 1_000).Sample[0].UserId;
        _membership.Touch("user5", nowMs: 1_100);

        Assert.Equal("user999", before);
        Assert.Equal("user999", _membership.Sample(nowMs: 1_200).Sample[0].UserId);
        Assert.Equal("user5", _membership.Sample(nowMs: 1_000 + PresenceRules.SampleAgeMs).Sample[0].UserId);
    }

    [Fact]
    public void Should_never_show_one_who_has_left()
    {
        _membership.Sample(nowMs: 1_000);
        _membership.Leave(new() { UserId = "user999", ConnectionId = "c" }, nowMs: 1_001);

        Assert.DoesNotContain(_membership.Sample(nowMs: 1_002).Sample, member => member.UserId == "user999");
    }

    [Fact]
    public void Should_show_new_hosts_at_once()
    {
        _membership.Sample(nowMs: 1_000);
        _membership.SetHosts(["user7"], nowMs: 1_001);

        Assert.Equal("user7", _membership.Sample(nowMs: 1_002).Sample[0].UserId);
    }

    [Fact]
    public void Should_find_the_connections_that_a_gateway_lost_without_a_word()
    {
        Assert.True(_membership.Confirm(LeaseOf(firstUser: 0), nowMs: 2_000));
        Assert.False(_membership.Confirm(LeaseOf(firstUser: 2), nowMs: 2_000));
        for (var user = 2; user < 1_000; user++)
            Enter($"user{user}", nowMs: 2_000);

        Assert.True(_membership.Confirm(LeaseOf(firstUser: 2), nowMs: 3_000));
        _membership.Tick(nowMs: 3_000 + 15_000);
        Assert.Equal(998, _membership.Total);
    }

    private static GatewayLease LeaseOf(int firstUser) => new()
    {
        GatewayId = Gateway,
        ConnectionCount = 1_000 - firstUser,
        ConnectionDigest = Enumerable.Range(firstUser, 1_000 - firstUser).Aggregate(0UL, (digest, user) => digest ^ ConnectionDigest.Of($"user{user}", "c")),
    };

    private void Enter(string userId, long nowMs) => _membership.Enter(new() { UserId = userId, ConnectionId = "c", GatewayId = Gateway }, nowMs);
}
