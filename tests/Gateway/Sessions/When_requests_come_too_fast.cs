using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Tests.Gateway.Sessions;

public sealed class When_requests_come_too_fast
{
    [Fact]
    public void Should_take_the_burst_and_then_the_rate()
    {
        var bucket = default(TokenBucket);
        var now = TimeSpan.TicksPerDay;
        for (var i = 0; i < 100; i++)
            Assert.True(bucket.TryTake(now, perSecond: 50, burst: 100, out _));

        Assert.False(bucket.TryTake(now, 50, 100, out var retryAfter));
        Assert.Equal(TimeSpan.FromMilliseconds(20), retryAfter);
        Assert.True(bucket.TryTake(now + retryAfter.Ticks, 50, 100, out _));
        Assert.False(bucket.TryTake(now + retryAfter.Ticks, 50, 100, out _));
    }
}
