namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// A rate limit: <c>burst</c> at once, <c>perSecond</c> sustained. Kept as the time at which the bucket is full again (GCRA), so it is one number and
/// needs no timer. Not safe for concurrent use.
/// </summary>
internal struct TokenBucket
{
    private long _fullAtTicks;

    /// <summary>Takes one token; otherwise answers when the next one comes.</summary>
    public bool TryTake(long nowTicks, int perSecond, int burst, out TimeSpan retryAfter)
    {
        var ticksPerToken = TimeSpan.TicksPerSecond / perSecond;
        var fullAt = Math.Max(_fullAtTicks, nowTicks) + ticksPerToken;
        var excess = fullAt - nowTicks - (ticksPerToken * burst);
        if (excess > 0)
        {
            retryAfter = new TimeSpan(excess);
            return false;
        }

        _fullAtTicks = fullAt;
        retryAfter = TimeSpan.Zero;
        return true;
    }
}
