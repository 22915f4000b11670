using WhatsSound.Limits;

namespace WhatsSound.Tests.Rules.Limits;

public sealed class When_requests_come_too_fast
{
    private TokenBucket _bucket;

    [Fact]
    public void Should_take_the_burst_and_then_the_rate()
    {
        var now = TimeSpan.TicksPerDay;
        for (var i = 0; i < 100; i++)
            Assert.True(_bucket.TryTake(now, perSecond: 50, burst: 100, out _));

        Assert.False(_bucket.TryTake(now, 50, 100, out var retryAfter));
        Assert.Equal(TimeSpan.FromMilliseconds(20), retryAfter);
        Assert.True(_bucket.TryTake(now + retryAfter.Ticks, 50, 100, out _));
        Assert.False(_bucket.TryTake(now + retryAfter.Ticks, 50, 100, out _));
    }

    [Fact]
    public void Should_take_again_after_the_time_told()
    {
        Assert.True(_bucket.TryTake(0, perSecond: 1, burst: 1, out _));

        Assert.False(_bucket.TryTake(Ms(300), 1, 1, out var retryAfter));
        Assert.Equal(TimeSpan.FromMilliseconds(700), retryAfter);
        Assert.False(_bucket.TryTake(Ms(300) + retryAfter.Ticks - 1, 1, 1, out _));
        Assert.True(_bucket.TryTake(Ms(300) + retryAfter.Ticks, 1, 1, out _));
    }

    [Fact]
    public void Should_be_full_once_what_was_taken_came_back()
    {
        Assert.True(_bucket.IsFull(0));
        Assert.True(_bucket.TryTake(0, perSecond: 10, burst: 5, out _));

        Assert.False(_bucket.IsFull(Ms(99)));
        Assert.True(_bucket.IsFull(Ms(100)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.3)]
    [InlineData(7)]
    public void Should_take_in_any_window_at_most_burst_and_rate(double perSecond) => Property.Holds(pauses =>
    {
        var bucket = default(TokenBucket);
        var taken = new List<long>();
        var nowMs = 0L;
        foreach (var pause in pauses)
        {
            nowMs += pause * 4;
            if (bucket.TryTake(Ms(nowMs), perSecond, 5, out _))
                taken.Add(nowMs);
        }

        for (var i = 0; i < taken.Count; i++)
        {
            for (var j = i; j < taken.Count; j++)
                Assert.True(j - i + 1 <= 5 + ((taken[j] - taken[i]) / 1000.0 * perSecond) + 1e-9);
        }
    });

    private static long Ms(long ms) => ms * TimeSpan.TicksPerMillisecond;
}
