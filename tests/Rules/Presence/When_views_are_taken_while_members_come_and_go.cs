using System.Collections.Immutable;
using WhatsSound.Grains.Presence;
using WhatsSound.Presence;

namespace WhatsSound.Tests.Rules.Presence;

/// <summary>Within one tick members come and go more than once, and views are taken between: as in a room that churns, where everybody who comes gets one.</summary>
public sealed class When_views_are_taken_while_members_come_and_go
{
    private static readonly Guid Gateway = new(1, 0, 0, new byte[8]);

    private readonly Membership _membership = new(detailMax: 100, TimeSpan.FromSeconds(15), nowMs: 1_000);
    private long _sequence;

    [Fact]
    public void Should_tell_who_is_seen_to_be_gone_and_comes_back_as_left_and_then_as_joined()
    {
        Enter("ann", 1_000);
        Tell(1_100);

        Leave("ann", 1_110);
        Enter("bob", 1_120);
        Look(1_120);
        Enter("ann", 1_130);

        Assert.Equal(["-ann =0", "+ann+bob =2"], Tell(1_500).Select(Text));
    }

    [Fact]
    public void Should_tell_who_is_seen_and_goes_as_joined_and_then_as_left()
    {
        Enter("ann", 1_000);
        Look(1_010);
        Leave("ann", 1_020);

        Assert.Equal(["+ann =1", "-ann =0"], Tell(1_500).Select(Text));
    }

    [Fact]
    public void Should_tell_nothing_of_who_comes_back_before_anybody_saw_that_they_had_gone()
    {
        Enter("ann", 1_000);
        Tell(1_100);

        Leave("ann", 1_110);
        Enter("ann", 1_120);

        Assert.Empty(Tell(1_500));
        Assert.Equal(1_000, Look(1_500).Members.Single().JoinedAtMs);
    }

    [Fact]
    public void Should_list_everybody_only_when_all_that_has_changed_is_told()
    {
        var crowded = new Membership(detailMax: 1, TimeSpan.FromSeconds(15), nowMs: 1_000);
        Enter("ann", 1_000, crowded);
        Enter("bob", 1_000, crowded);
        Assert.NotNull(Assert.Single(crowded.Tick(1_100).Publications).Summary);
        Leave("bob", 2_950, crowded);
        Assert.Empty(crowded.Tick(3_050).Publications);

        Leave("ann", 3_090, crowded);
        Assert.Empty(crowded.Tick(3_100).Publications);
        Enter("ann", 3_150, crowded);

        var told = Assert.Single(crowded.Tick(3_190).Publications);
        Assert.True(told.IsComplete);
        Assert.Equal("+ann =1", Text(told));
    }

    [Fact]
    public void Should_tell_each_join_and_leave_in_turn_and_let_each_view_be_continued() => Property.Holds(
        script =>
        {
            var schedule = new PresenceSchedule(detailMax: 100, stepMaxMs: 70);
            var views = new List<(HashSet<string> Members, int Told)>();
            foreach (var step in script)
            {
                schedule.Step(step);
                if (step >= 128)
                    views.Add((schedule.View().Members.Select(static member => member.UserId).ToHashSet(StringComparer.Ordinal), schedule.Told.Count));
            }

            schedule.Settle();
            var present = new HashSet<string>(StringComparer.Ordinal);
            foreach (var change in schedule.Told)
            {
                Assert.All(change.Left, userId => Assert.True(present.Remove(userId), $"{userId} left twice."));
                Assert.All(change.Joined, member => Assert.True(present.Add(member.UserId), $"{member.UserId} joined twice."));
                Assert.All(change.Updated, member => Assert.Contains(member.UserId, present));
                Assert.Empty(change.Left.Intersect(change.Joined.Select(static member => member.UserId), StringComparer.Ordinal));
                Assert.Equal(change.Total, present.Count);
            }

            Assert.Equal(schedule.Expected, present.Order(StringComparer.Ordinal));
            foreach (var (members, from) in views)
            {
                foreach (var change in schedule.Told.Skip(from))
                {
                    members.ExceptWith(change.Left);
                    members.UnionWith(change.Joined.Select(static member => member.UserId));
                }

                Assert.Equal(schedule.Expected, members.Order(StringComparer.Ordinal));
            }
        },
        tries: 4_000,
        lengthMax: 120);

    private void Enter(string userId, long nowMs, Membership? membership = null) =>
        Assert.Null((membership ?? _membership).Enter(new() { UserId = userId, ConnectionId = userId, GatewayId = Gateway, Sequence = ++_sequence }, nowMs));

    private void Leave(string userId, long nowMs, Membership? membership = null) => (membership ?? _membership).Leave(new() { UserId = userId, ConnectionId = userId, Sequence = ++_sequence }, nowMs);

    private PresenceView Look(long nowMs) => _membership.Reading.View(new("e", 0), nowMs);

    private ImmutableArray<PresenceChanged> Tell(long nowMs) => _membership.Tick(nowMs).Publications;

    private static string Text(PresenceChanged change) => string.Concat(
        [
            .. change.Joined.Select(static member => $"+{member.UserId}").Order(StringComparer.Ordinal),
            .. change.Left.Select(static userId => $"-{userId}"),
            .. change.Updated.Select(static member => $"~{member.UserId}"),
            $" ={change.Total}",
        ]);
}
