using WhatsSound.Presence;

namespace WhatsSound.Tests.Rules.Presence;

public sealed class When_connections_come_and_go_at_random
{
    [Fact]
    public void INV_M4_Should_have_exactly_the_present_users() => Property.Holds(
        script =>
        {
            var schedule = new PresenceSchedule(detailMax: 100);
            foreach (var step in script)
            {
                schedule.Step(step);
                Assert.Equal(schedule.Expected, schedule.Actual);
            }
        },
        tries: 4_000,
        lengthMax: 120);

    [Fact]
    public void Should_tell_of_each_join_and_leave_once() => Property.Holds(
        script =>
        {
            var schedule = Play(script, detailMax: 100);
            var present = new HashSet<string>(StringComparer.Ordinal);
            foreach (var change in schedule.Told)
            {
                Assert.All(change.Joined, member => Assert.True(present.Add(member.UserId)));
                Assert.All(change.Left, userId => Assert.True(present.Remove(userId)));
                Assert.Equal(change.Total, present.Count);
            }

            Assert.Equal(schedule.Expected, present.Order(StringComparer.Ordinal));
        },
        tries: 3_000,
        lengthMax: 120);

    [Fact]
    public void Should_let_a_view_of_any_moment_be_continued() => Property.Holds(
        script =>
        {
            var schedule = Play(script[..(script.Length / 2)], detailMax: 100, isSettled: false);
            var present = schedule.View().Members.Select(member => member.UserId).ToHashSet(StringComparer.Ordinal);
            var from = schedule.Told.Count;
            Play(script[(script.Length / 2)..], schedule);
            foreach (var change in schedule.Told.Skip(from))
                Apply(change, present);

            Assert.Equal(schedule.Expected, present.Order(StringComparer.Ordinal));
        },
        tries: 3_000,
        lengthMax: 120);

    [Fact]
    public void Should_let_a_watcher_continue_a_roster_of_any_moment() => Property.Holds(
        script =>
        {
            var schedule = Play(script[..(script.Length / 2)], detailMax: 2, isSettled: false);
            var roster = schedule.Roster();
            var present = roster.Members.Select(member => member.UserId).ToHashSet(StringComparer.Ordinal);
            var version = roster.Version;
            var from = schedule.Deltas.Count;
            Play(script[(script.Length / 2)..], schedule);
            foreach (var delta in schedule.Deltas.Skip(from))
            {
                Assert.Equal(version, delta.PreviousVersion);
                version = delta.Version;
                present.UnionWith(delta.Joined);
                present.ExceptWith(delta.Left);
            }

            Assert.Equal(schedule.Expected, present.Order(StringComparer.Ordinal));
        },
        tries: 3_000,
        lengthMax: 120);

    [Fact]
    public void INV_M6_Should_be_right_over_crowded_times_too() => Property.Holds(
        script =>
        {
            var schedule = Play(script, detailMax: 2);
            var present = new HashSet<string>(StringComparer.Ordinal);
            var isComplete = true;
            foreach (var change in schedule.Told.Where(change => change.Summary is not null || change.IsComplete || !IsNothing(change)))
            {
                isComplete = change.Summary is null;
                if (isComplete && change.Joined.Length == change.Total)
                    present.Clear();
                if (isComplete)
                    Apply(change, present);
                Assert.Equal(isComplete, change.Total <= 2);
            }

            if (isComplete)
                Assert.Equal(schedule.Expected, present.Order(StringComparer.Ordinal));
            Assert.Equal(schedule.Expected.Count(), schedule.Told.Count == 0 ? 0 : schedule.Told[^1].Total);
        },
        tries: 3_000,
        lengthMax: 120);

    private static PresenceSchedule Play(byte[] script, int detailMax, bool isSettled = true)
    {
        var schedule = new PresenceSchedule(detailMax);
        foreach (var step in script)
            schedule.Step(step);
        if (isSettled)
            schedule.Settle();
        return schedule;
    }

    private static void Play(byte[] script, PresenceSchedule schedule)
    {
        foreach (var step in script)
            schedule.Step(step);
        schedule.Settle();
    }

    /// <summary>Where connections alone have changed, there is an offset in which members have not.</summary>
    private static bool IsNothing(PresenceChanged change) => change.Joined.IsEmpty && change.Left.IsEmpty && change.Updated.IsEmpty;

    private static void Apply(PresenceChanged change, HashSet<string> present)
    {
        present.UnionWith(change.Joined.Select(member => member.UserId));
        present.UnionWith(change.Updated.Select(member => member.UserId));
        present.ExceptWith(change.Left);
    }
}
