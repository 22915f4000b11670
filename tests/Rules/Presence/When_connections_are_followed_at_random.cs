using WhatsSound.Presence;

namespace WhatsSound.Tests.Rules.Presence;

/// <summary>Whoever has read the connections at any moment, and takes what is told from then on, has exactly those that are shown.</summary>
public sealed class When_connections_are_followed_at_random
{
    [Fact]
    public void Should_be_exact_from_any_moment_on() => Property.Holds(
        script =>
        {
            var schedule = new PresenceSchedule(detailMax: 100, stepMaxMs: 170);
            var views = new List<(Dictionary<string, PresenceConnection> Known, int From)>();
            foreach (var step in script)
            {
                schedule.Step(step);
                if (step % 32 == 31)
                    schedule.Move();
                if (step % 4 == 1)
                    views.Add((schedule.Connections().Connections.ToDictionary(NameOf, StringComparer.Ordinal), schedule.ConnectionsTold.Count));
            }

            schedule.Settle();
            views.Add(([], 0));
            foreach (var (known, from) in views)
            {
                foreach (var change in schedule.ConnectionsTold.Skip(from))
                    Apply(change, known);
                Assert.Equal(schedule.ConnectionsExpected, known.Values.Select(static one => $"{NameOf(one)}={one.Info}").Order(StringComparer.Ordinal));
                Assert.Equal(schedule.Connections().Connections.OrderBy(NameOf, StringComparer.Ordinal), known.Values.Select(static one => one with { Replaces = null }).OrderBy(NameOf, StringComparer.Ordinal));
            }
        },
        tries: 4_000,
        lengthMax: 120);

    [Fact]
    public void Should_say_how_many_while_there_are_too_many_and_all_of_them_once_there_are_few() => Property.Holds(
        script =>
        {
            var schedule = new PresenceSchedule(detailMax: 3);
            foreach (var step in script)
            {
                schedule.Step(step);
                if (step % 32 == 31)
                    schedule.Move();
            }

            schedule.Settle();
            Dictionary<string, PresenceConnection>? known = [];
            foreach (var change in schedule.ConnectionsTold)
            {
                Assert.Equal(change.IsCountOnly, change.Total > 3);
                if (change.IsComplete)
                    known = [];
                if (change.IsCountOnly)
                    known = null;
                else
                    Apply(change, known!);
            }

            Assert.Equal(known is not null, schedule.Connections().IsContinued);
            if (known is not null)
                Assert.Equal(schedule.ConnectionsExpected, known.Values.Select(static one => $"{NameOf(one)}={one.Info}").Order(StringComparer.Ordinal));
            Assert.Equal(schedule.ConnectionsExpected.Count(), schedule.Connections().Total);
        },
        tries: 3_000,
        lengthMax: 120);

    private static string NameOf(PresenceConnection one) => $"{one.UserId}/{one.ConnectionId}";

    /// <summary>Nothing is told that is not so: who enters was not there, who changes shows what is replaced, who leaves is as they were told.</summary>
    private static void Apply(ConnectionsChanged change, Dictionary<string, PresenceConnection> known)
    {
        if (change.IsComplete)
            known.Clear();
        foreach (var one in change.Left)
        {
            Assert.True(known.Remove(NameOf(one), out var was));
            Assert.Equal(was!.Number, one.Number);
        }

        foreach (var one in change.Updated)
        {
            Assert.Equal(known[NameOf(one)].Number, one.Replaces);
            known[NameOf(one)] = one;
        }

        foreach (var one in change.Entered)
            Assert.True(known.TryAdd(NameOf(one), one));
        Assert.Equal(change.Total, known.Count);
    }
}
