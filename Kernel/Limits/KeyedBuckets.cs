namespace WhatsSound.Limits;

/// <summary>
/// A rate limit for each of many who are told apart by a key, such as an address. Bounded: while as many keys are remembered as may be, all others share one
/// bucket, so that whoever has many keys gains nothing and nobody else is shut out for good. Safe from any thread.
/// </summary>
/// <param name="perSecond">The sustained rate of a key; above zero.</param>
/// <param name="burst">How many a key can take at once; at least 1.</param>
/// <param name="keysMax">How many keys are remembered; one whose bucket is full again need not be.</param>
public sealed class KeyedBuckets<TKey>(double perSecond, int burst, int keysMax)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, TokenBucket> _buckets = [];
    private TokenBucket _others;
    private long _nextSweepTicks;

    /// <summary>Takes one token of the key's bucket; otherwise answers when the next one comes, and nothing changes.</summary>
    public bool TryTake(TKey key, long nowTicks, out TimeSpan retryAfter)
    {
        lock (_gate)
        {
            if (!_buckets.TryGetValue(key, out var bucket) && !HasRoom(nowTicks))
                return _others.TryTake(nowTicks, perSecond, burst, out retryAfter);
            var isTaken = bucket.TryTake(nowTicks, perSecond, burst, out retryAfter);
            _buckets[key] = bucket;
            return isTaken;
        }
    }

    private bool HasRoom(long nowTicks)
    {
        if (_buckets.Count < keysMax)
            return true;
        // A pass over all of them is worth it once a second, not at each request.
        if (nowTicks < _nextSweepTicks)
            return false;
        _nextSweepTicks = nowTicks + TimeSpan.TicksPerSecond;
        foreach (var key in _buckets.Where(pair => pair.Value.IsFull(nowTicks)).Select(pair => pair.Key).ToList())
            _buckets.Remove(key);
        return _buckets.Count < keysMax;
    }
}
