namespace WhatsSound.Limits;

/// <summary>
/// A rate limit for each of many, of which those are remembered that have taken something and not got it back. Bounded: at the bound the one that has been idle for longest is forgotten,
/// as if it had everything back. For keys that cost something to come by, such as users; where anybody has many, <see cref="KeyedBuckets{TKey}"/> gives them one limit together.
/// Safe from any thread.
/// </summary>
/// <param name="keysMax">How many keys are remembered.</param>
public sealed class RecentBuckets<TKey>(int keysMax)
    where TKey : notnull
{
    /// <summary>How many idle ones are looked at whenever one is used: more than come, so that none stays.</summary>
    private const int ForgetMax = 2;

    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedListNode<Kept>> _kept = [];

    /// <summary>The one that has been idle for longest first.</summary>
    private readonly LinkedList<Kept> _byUse = new();

    /// <summary>How many keys are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _kept.Count;
        }
    }

    /// <summary>Takes one token of the key's, as <see cref="TokenBucket.TryTake"/>.</summary>
    public bool TryTake(TKey key, long nowTicks, double perSecond, int burst, out TimeSpan retryAfter)
    {
        lock (_gate)
            return Use(key, nowTicks).TryTake(nowTicks, perSecond, burst, out retryAfter);
    }

    /// <summary>Whether the key has a token, as <see cref="TokenBucket.HasAny"/>.</summary>
    public bool HasAny(TKey key, long nowTicks, double perSecond, int burst, out TimeSpan retryAfter)
    {
        retryAfter = TimeSpan.Zero;
        lock (_gate)
            return !_kept.TryGetValue(key, out var node) || node.ValueRef.Bucket.HasAny(nowTicks, perSecond, burst, out retryAfter);
    }

    /// <summary>Takes what the key has spent already, as <see cref="TokenBucket.Charge"/>.</summary>
    public void Charge(TKey key, long nowTicks, double perSecond, int burst, long tokens, TimeSpan debtMax)
    {
        lock (_gate)
            Use(key, nowTicks).Charge(nowTicks, perSecond, burst, tokens, debtMax);
    }

    private ref TokenBucket Use(TKey key, long nowTicks)
    {
        if (_kept.TryGetValue(key, out var node))
        {
            _byUse.Remove(node);
        }
        else
        {
            Forget(nowTicks);
            _kept.Add(key, node = new LinkedListNode<Kept>(new Kept(key)));
        }

        _byUse.AddLast(node);
        return ref node.ValueRef.Bucket;
    }

    private void Forget(long nowTicks)
    {
        for (var i = 0; i < ForgetMax && _byUse.First is { } oldest; i++)
        {
            if (_kept.Count < keysMax && !oldest.ValueRef.Bucket.IsFull(nowTicks))
                return;
            _byUse.RemoveFirst();
            _kept.Remove(oldest.ValueRef.Key);
        }
    }

    private struct Kept(TKey key)
    {
        public readonly TKey Key = key;

        public TokenBucket Bucket;
    }
}
