namespace WhatsSound.Grains.Rooms;

/// <summary>A rate with a burst: accepted within any time t are at most burst + rate × t. Kept in thousandths, so that it computes exactly.</summary>
/// <param name="Milli">Thousandths of a token that are left at <paramref name="AtMs"/>.</param>
/// <param name="AtMs">When that was.</param>
internal readonly record struct TokenBucket(long Milli, long AtMs)
{
    public static TokenBucket Full(int burstMax, long nowMs) => new(burstMax * 1000L, nowMs);

    /// <summary>Takes a token; if there is none, <paramref name="retryAfterMs"/> says when there will be, and nothing changes.</summary>
    public bool TryTake(int burstMax, double perSecond, long nowMs, out TokenBucket next, out long retryAfterMs)
    {
        var gained = (long)(Math.Max(0, nowMs - AtMs) * perSecond);
        var milli = Math.Min(burstMax * 1000L, Milli + gained);
        retryAfterMs = milli >= 1000 ? 0 : (long)Math.Ceiling((1000 - milli) / perSecond);
        next = retryAfterMs == 0 ? new TokenBucket(milli - 1000, nowMs) : this;
        return retryAfterMs == 0;
    }

    public bool IsFull(int burstMax, double perSecond, long nowMs) => Milli + ((nowMs - AtMs) * perSecond) >= burstMax * 1000L;
}
