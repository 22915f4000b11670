using WhatsSound.Grains.Presence;

namespace WhatsSound.Tests.Rules.Presence;

public sealed class When_exits_are_remembered
{
    private readonly RecentExits _exits = new();

    [Fact]
    public void Should_move_none_that_is_over()
    {
        _exits.Add(new("ann", "1"), 7, nowMs: 0);
        _exits.Add(new("bob", "1"), 8, nowMs: 1);

        Assert.Equal(["bob"], _exits.ToMemory(RecentExits.KeepMs).Select(static exit => exit.UserId));
        Assert.Equal(0, _exits.SequenceOf(new("ann", "1")));
    }

    [Fact]
    public void Should_count_what_they_take()
    {
        var membership = new Membership(100, TimeSpan.FromSeconds(15), nowMs: 0);
        membership.Leave(new() { UserId = "ann", ConnectionId = "1", Sequence = 7 }, nowMs: 0);

        Assert.True(membership.EstimateBytes() > 0);
        membership.ToMemory(RecentExits.KeepMs);
        Assert.Equal(0, membership.EstimateBytes());
    }
}
