using WhatsSound.Grains.Presence;
using WhatsSound.Presence;

namespace WhatsSound.Tests.Rules.Presence;

/// <summary>A thousand users come into one channel and go again, within a minute, some by a goodbye, some cut off; the channel looks whenever something is due, as its timer does.</summary>
public sealed class When_a_thousand_come_and_go
{
    private const int UsersCount = 1_000;
    private const long SpanMs = 60_000;

    private readonly Membership _membership = new(detailMax: 100, TimeSpan.FromSeconds(15), nowMs: 0);
    private readonly List<(long AtMs, PresenceChanged Members)> _told = [];
    private readonly Guid _gateway = Guid.NewGuid();
    private long _nowMs;
    private long _changedAtMs;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Should_tell_at_most_two_messages_a_tick_and_all_within_two_seconds_of_the_last_change(int seed)
    {
        Play(seed, staysCount: 0);

        AssertTold(total: 0);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(400)]
    public void Should_do_so_when_some_stay(int staysCount)
    {
        Play(seed: 4, staysCount);

        AssertTold(staysCount);
    }

    private void AssertTold(int total)
    {
        var perTick = _told.GroupBy(static told => told.AtMs).Max(static tick => tick.Count());
        Assert.InRange(perTick, 1, 2);
        var times = _told.Select(static told => told.AtMs).Distinct().ToList();
        Assert.All(times.Zip(times.Skip(1)), static pair => Assert.True(pair.Second - pair.First >= PresenceRules.TickMs, $"{pair.First} and {pair.Second} are less than a tick apart."));
        Assert.Equal(total, _told[^1].Members.Total);
        Assert.InRange(_told[^1].AtMs, _changedAtMs, _changedAtMs + PresenceRules.SummaryMs);
    }

    private void Play(int seed, int staysCount)
    {
        var random = new Random(seed);
        var happenings = new PriorityQueue<Action, long>();
        for (var i = 0; i < UsersCount; i++)
        {
            var (userId, joinsAtMs) = ($"user{i}", random.NextInt64(SpanMs));
            happenings.Enqueue(() => Enter(userId), joinsAtMs);
            if (i >= staysCount)
                happenings.Enqueue(() => Leave(userId, isAbrupt: random.Next(4) == 0), joinsAtMs + random.NextInt64(SpanMs - joinsAtMs) + 1);
        }

        while (happenings.TryDequeue(out var happens, out var atMs))
        {
            PassTo(atMs);
            happens();
        }

        PassTo(SpanMs + 60_000);
    }

    private void Enter(string userId)
    {
        Assert.Null(_membership.Enter(new() { UserId = userId, ConnectionId = $"{userId}-1", GatewayId = _gateway }, _nowMs));
        _changedAtMs = _nowMs;
    }

    private void Leave(string userId, bool isAbrupt)
    {
        _membership.Leave(new() { UserId = userId, ConnectionId = $"{userId}-1", Abrupt = isAbrupt }, _nowMs);
        _changedAtMs = _nowMs;
    }

    private void PassTo(long untilMs)
    {
        while (_membership.DueMs is { } dueMs && dueMs <= untilMs)
        {
            _nowMs = Math.Max(_nowMs, dueMs);
            var total = _membership.Total;
            var told = PresencePublications.Of(_membership.Tick(_nowMs), _membership.Total);
            // The end of a grace is a change too.
            if (_membership.Total != total)
                _changedAtMs = _nowMs;
            _told.AddRange(told.Select(published => (_nowMs, published.Members)));
        }

        _nowMs = untilMs;
    }
}
