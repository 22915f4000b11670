using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Ballots;
using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_voters_come_and_go
{
    [Fact]
    public void Should_know_the_same_voters_as_who_counts_all_of_them() => Property.Holds(script =>
    {
        var (members, electorate, nowMs) = (ImmutableDictionary<string, long>.Empty, Electorate.Nobody, 1_000_000L);
        var awayFromMs = new Dictionary<string, long>();
        foreach (var step in script)
        {
            var before = members;
            var userId = $"u{step % 8}";
            nowMs += step * 100;
            if (step >= 128)
                members = members.TryGetValue(userId, out _) ? members.Remove(userId) : members.Add(userId, nowMs - (step % 3 * 7_000));
            awayFromMs[userId] = nowMs + AwayAfterMs;

            electorate = Voters.Follow(electorate, before, members, static userId => MayVote(userId) ? 0 : null, userId => awayFromMs[userId], nowMs)
                .Active(userId, awayFromMs[userId], nowMs);

            var counted = members
                .Where(member => MayVote(member.Key) && nowMs - member.Value >= Electorate.EligibleAfterMs && nowMs < awayFromMs[member.Key])
                .Select(member => member.Key);
            Assert.Equal(counted.Order(StringComparer.Ordinal), electorate.Eligible.Order(StringComparer.Ordinal));
        }
    });

    [Fact]
    public void Should_count_again_after_whatever_changes_a_role()
    {
        RoomEvent[] changes = [new RoleGranted("u1", RoomRole.Dj, "u0", 0), new RoleRevoked("u1", "u0", 0), new OwnerChanged("u1", "u0", 0), new InviteUsed("invite", "u1", 0)];

        Assert.All(changes, static happened => Assert.True(Voters.AreOthersAfter(happened)));
    }

    private const long AwayAfterMs = 60_000;

    private static bool MayVote(string userId) => userId != "u3";
}
