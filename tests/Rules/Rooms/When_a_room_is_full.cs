using WhatsSound.Grains.Presence;
using WhatsSound.Grains.Rooms;
using WhatsSound.Presence;

namespace WhatsSound.Tests.Rules.Rooms;

/// <summary>A room of two, as its presence decides for it: guest and other are here.</summary>
public sealed class When_a_room_is_full
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private readonly RoomScript _play = new(new RoomOptions { MembersMax = 2 });
    private readonly Membership _membership = new(100, Grace, 0);
    private long _sequence;

    public When_a_room_is_full()
    {
        Assert.Null(Join("guest"));
        Assert.Null(Join("other"));
    }

    [Fact]
    public void Should_refuse_another_user_and_tell_the_limit()
    {
        var refusal = Join("late");

        Assert.Equal((RefusalCode.RoomFull, "2"), (refusal?.Code, refusal?.Detail));
    }

    [Fact]
    public void INV_M5_Should_let_a_member_in_with_another_connection() => Assert.Null(Join("guest", "guest-2"));

    [Fact]
    public void Should_let_the_owner_in() => Assert.Null(Join("u0"));

    [Fact]
    public void Should_take_another_user_once_somebody_left()
    {
        Leave("guest", isAbrupt: false);

        Assert.Null(Join("late"));
    }

    [Fact]
    public void Should_not_count_one_who_is_only_in_their_grace_and_let_them_back_in()
    {
        Leave("guest", isAbrupt: true);

        Assert.Null(Join("late"));
        Assert.Null(Join("guest", "guest-2"));
        Assert.Equal(3, _membership.Total);
    }

    [Fact]
    public void Should_be_full_at_twice_as_many_with_those_in_their_grace()
    {
        foreach (var userId in new[] { "guest", "other" })
            Leave(userId, isAbrupt: true);
        foreach (var userId in new[] { "late", "later" })
            Assert.Null(Join(userId));
        Leave("late", isAbrupt: true);

        Assert.Equal(RefusalCode.RoomFull, Join("latest")?.Code);
        _membership.Tick((long)Grace.TotalMilliseconds);
        Assert.Null(Join("latest"));
    }

    [Fact]
    public void Should_tell_other_refusals_as_they_are()
    {
        var refusal = Refusals.Retry(RefusalCode.NotReady, "Moving.");

        Assert.Same(refusal, LifeRules.OfJoin(refusal, membersMax: 2));
    }

    private Refusal? Join(string userId, string? connectionId = null)
    {
        var membersMax = LifeRules.MembersMaxFor(_play.Room, userId, _play.Moment.Options);
        var refusal = _membership.Enter(
            new PresenceEntry { UserId = userId, ConnectionId = connectionId ?? userId, GatewayId = Guid.Empty, Sequence = ++_sequence, MembersMax = membersMax }, 0);
        return refusal is null ? null : LifeRules.OfJoin(refusal, membersMax);
    }

    private void Leave(string userId, bool isAbrupt) =>
        _membership.Leave(new PresenceExit { UserId = userId, ConnectionId = userId, Abrupt = isAbrupt, Sequence = ++_sequence }, 0);
}
