using WhatsSound.Limits;

namespace WhatsSound.Tests.Rules.Limits;

public sealed class When_some_of_many_are_remembered
{
    private readonly RecentBuckets<int> _buckets = new(keysMax: 3);

    [Fact]
    public void Should_not_take_from_one_for_another()
    {
        Assert.Equal([true, true, false], Take(1, 3, second: 0));
        Assert.Equal([true, true, false], Take(2, 3, second: 0));
        Assert.Equal([true, false], Take(1, 2, second: 1));
    }

    [Fact]
    public void Should_forget_the_one_that_was_idle_for_longest_at_the_bound()
    {
        for (var key = 1; key <= 3; key++)
            Take(key, 2, second: 0);
        Assert.Equal([false], Take(1, 1, second: 0));

        Take(4, 1, second: 0);

        Assert.Equal([false], Take(1, 1, second: 0));
        Assert.Equal([false], Take(3, 1, second: 0));
        Assert.Equal([true], Take(2, 1, second: 0));
        Assert.InRange(_buckets.Count, 1, 3);
    }

    [Fact]
    public void Should_forget_who_has_everything_back()
    {
        var buckets = new RecentBuckets<int>(keysMax: 1_000);
        for (var key = 1; key <= 100; key++)
            buckets.TryTake(key, 0, perSecond: 1, burst: 2, out _);

        for (var key = 101; key <= 151; key++)
            buckets.TryTake(key, 5 * TimeSpan.TicksPerSecond, perSecond: 1, burst: 2, out _);

        Assert.InRange(buckets.Count, 1, 51);
    }

    [Fact]
    public void Should_refuse_until_a_debt_is_paid()
    {
        Charge(tokens: 5, second: 0);

        Assert.False(_buckets.HasAny(1, 0, perSecond: 1, burst: 2, out var retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(4), retryAfter);
        Assert.True(_buckets.HasAny(1, 4 * TimeSpan.TicksPerSecond, perSecond: 1, burst: 2, out _));
        Assert.True(_buckets.HasAny(2, 0, perSecond: 1, burst: 2, out _));
    }

    [Fact]
    public void Should_forgive_a_debt_beyond_its_bound()
    {
        Charge(tokens: 1_000_000, second: 0);

        Assert.False(_buckets.HasAny(1, 0, perSecond: 1, burst: 2, out var retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(61), retryAfter);
    }

    private void Charge(long tokens, int second) =>
        _buckets.Charge(1, second * TimeSpan.TicksPerSecond, perSecond: 1, burst: 2, tokens, debtMax: TimeSpan.FromMinutes(1));

    private List<bool> Take(int key, int times, int second) =>
        [.. Enumerable.Range(0, times).Select(i => _buckets.TryTake(key, second * TimeSpan.TicksPerSecond, perSecond: 1, burst: 2, out _))];
}
