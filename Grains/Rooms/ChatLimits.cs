using System.Runtime.InteropServices;
using WhatsSound.Limits;

namespace WhatsSound.Grains.Rooms;

/// <summary>How much each user has said lately. Bounded by forgetting users whose burst is whole again.</summary>
internal sealed class ChatLimits(RoomOptions options)
{
    private readonly Dictionary<string, TokenBucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Null: the user may say something now, and it is counted.</summary>
    public Refusal? Take(string userId, long nowMs)
    {
        var nowTicks = nowMs * TimeSpan.TicksPerMillisecond;
        if (_buckets.Count >= 2 * options.MembersMax)
            Forget(nowTicks);
        ref var bucket = ref CollectionsMarshal.GetValueRefOrAddDefault(_buckets, userId, out _);
        return bucket.TryTake(nowTicks, options.ChatPerSecond, options.ChatBurstMax, out var retryAfter)
            ? null
            : Refusals.Retry(RefusalCode.RateLimited, "Too many messages.", retryAfter);
    }

    private void Forget(long nowTicks)
    {
        foreach (var (userId, bucket) in _buckets)
        {
            if (bucket.IsFull(nowTicks))
                _buckets.Remove(userId);
        }
    }
}
