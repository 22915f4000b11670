namespace WhatsSound.Grains.Rooms;

/// <summary>How much each user has said lately. Bounded by forgetting users whose burst is whole again.</summary>
internal sealed class ChatLimits(RoomOptions options)
{
    private readonly Dictionary<string, TokenBucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Null: the user may say something now, and it is counted.</summary>
    public Refusal? Take(string userId, long nowMs)
    {
        if (_buckets.Count >= 2 * options.MembersMax)
            Forget(nowMs);
        if (!_buckets.TryGetValue(userId, out var bucket))
            bucket = TokenBucket.Full(options.ChatBurstMax, nowMs);
        if (!bucket.TryTake(options.ChatBurstMax, options.ChatPerSecond, nowMs, out var next, out var retryAfterMs))
            return Refusals.Retry(RefusalCode.RateLimited, "Too many messages.", TimeSpan.FromMilliseconds(retryAfterMs));
        _buckets[userId] = next;
        return null;
    }

    private void Forget(long nowMs)
    {
        foreach (var (userId, bucket) in _buckets)
        {
            if (bucket.IsFull(options.ChatBurstMax, options.ChatPerSecond, nowMs))
                _buckets.Remove(userId);
        }
    }
}
