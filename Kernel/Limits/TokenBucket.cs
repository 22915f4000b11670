namespace WhatsSound.Limits;

/// <summary>
/// A rate limit: a burst at once, and a sustained rate. Within any time t at most burst + rate × t are taken. It is kept as the time at which the bucket is
/// full again (the generic cell rate algorithm, ITU-T I.371), so it is one number, needs no timer, and a new one is full. Not safe for concurrent use.
/// </summary>
public struct TokenBucket
{
    private long _fullAtTicks;

    /// <summary>Takes one token; otherwise answers when the next one comes, and nothing changes.</summary>
    /// <param name="nowTicks">A time that never goes back and is not negative, in ticks of 100 ns from any origin.</param>
    /// <param name="perSecond">The sustained rate; above zero.</param>
    /// <param name="burst">How many can be taken at once; at least 1.</param>
    /// <param name="retryAfter">Zero, or after what time a token can be taken.</param>
    public bool TryTake(long nowTicks, double perSecond, int burst, out TimeSpan retryAfter)
    {
        var ticksPerToken = TicksPerToken(perSecond);
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

    /// <summary>Whether a token can be taken; otherwise answers when the next one comes.</summary>
    /// <inheritdoc cref="TryTake"/>
    public readonly bool HasAny(long nowTicks, double perSecond, int burst, out TimeSpan retryAfter)
    {
        var excess = _fullAtTicks + TicksOf(1, perSecond) - nowTicks - TicksOf(burst, perSecond);
        retryAfter = new TimeSpan(Math.Max(excess, 0));
        return excess <= 0;
    }

    /// <summary>
    /// Takes what was spent already, also where there is not as much: such a debt has to come back, at the rate, before a token can be taken again.
    /// </summary>
    /// <param name="nowTicks">As in <see cref="TryTake"/>.</param>
    /// <param name="perSecond">The sustained rate; above zero.</param>
    /// <param name="burst">How many can be taken at once; at least 1.</param>
    /// <param name="tokens">How many were spent.</param>
    /// <param name="debtMax">For how long nothing can be taken at most; more is forgiven.</param>
    public void Charge(long nowTicks, double perSecond, int burst, long tokens, TimeSpan debtMax)
    {
        var fullAt = Math.Max(_fullAtTicks, nowTicks) + TicksOf(tokens, perSecond);
        _fullAtTicks = Math.Min(fullAt, nowTicks + TicksOf(burst, perSecond) + debtMax.Ticks);
    }

    /// <summary>Whether nothing was taken that has not come back: then it need not be remembered.</summary>
    public readonly bool IsFull(long nowTicks) => _fullAtTicks <= nowTicks;

    private static long TicksOf(long tokens, double perSecond) => (long)Math.Ceiling(tokens * (TimeSpan.TicksPerSecond / perSecond));

    // Rounded up, so that no sum of tokens exceeds the rate.
    private static long TicksPerToken(double perSecond) => (long)Math.Ceiling(TimeSpan.TicksPerSecond / perSecond);
}
