using WhatsSound.Limits;

namespace WhatsSound.Tests.Rules.Limits;

public sealed class When_many_are_limited_each
{
    private readonly KeyedBuckets<int> _buckets = new(perSecond: 1, burst: 2, keysMax: 3);

    [Fact]
    public void Should_not_take_from_one_for_another()
    {
        Assert.Equal([true, true, false], Take(1, 3, second: 0));
        Assert.Equal([true, true, false], Take(2, 3, second: 0));
        Assert.Equal([true, false], Take(1, 2, second: 1));
    }

    [Fact]
    public void Should_share_one_limit_among_all_beyond_the_bound()
    {
        for (var key = 1; key <= 3; key++)
            Assert.Equal([true], Take(key, 1, second: 0));

        Assert.Equal([true], Take(4, 1, second: 0));
        Assert.Equal([true], Take(5, 1, second: 0));
        Assert.Equal([false], Take(6, 1, second: 0));
        Assert.Equal([true, false], Take(1, 2, second: 0));
    }

    [Fact]
    public void Should_forget_who_has_everything_back()
    {
        for (var key = 1; key <= 3; key++)
            Take(key, 1, second: 0);

        Assert.Equal([true, true, false], Take(4, 3, second: 5));
        Assert.Equal([true, true, false], Take(5, 3, second: 5));
    }

    private List<bool> Take(int key, int times, int second) =>
        [.. Enumerable.Range(0, times).Select(i => _buckets.TryTake(key, second * TimeSpan.TicksPerSecond, out _))];
}
