using System.Runtime.InteropServices;
using WhatsSound.Limits;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// How much each user has said lately, whatever connection they said it by. What is refused does not count. Bounded: users who may say anything again are forgotten, and at the bound the one who has been silent
/// for longest.
/// </summary>
internal sealed class ChatPace(RoomOptions options)
{
    /// <summary>For how long a message can matter: the slowest that a room can be.</summary>
    public const long MemoryMs = RoomSettings.SlowModeSecondsMax * 1000L;

    private readonly Dictionary<string, Said> _said = new(StringComparer.Ordinal);

    /// <summary>Null: the user may say something now.</summary>
    /// <param name="userId">Who.</param>
    /// <param name="slowSeconds">How many seconds the room lets them wait between two messages; 0: it does not.</param>
    /// <param name="nowMs">Room time.</param>
    public Refusal? Check(string userId, int slowSeconds, long nowMs)
    {
        if (!_said.TryGetValue(userId, out var said))
            return null;
        if (said.LastMs is { } lastMs && lastMs + (slowSeconds * 1000L) is var mayMs && mayMs > nowMs)
            return Refusals.Retry(RefusalCode.SlowMode, "The room lets you speak every so often.", TimeSpan.FromMilliseconds(mayMs - nowMs));
        return said.Bucket.HasAny(TicksOf(nowMs), options.ChatPerSecond, options.ChatBurstMax, out var retryAfter)
            ? null
            : Refusals.TooOften("chat", "Too many messages.", retryAfter);
    }

    /// <summary>The user has said something, changed it, or taken back another's.</summary>
    public void Count(string userId, bool isNew, long atMs)
    {
        if (_said.Count >= 2 * options.MembersMax && !_said.ContainsKey(userId))
            Forget(atMs);
        ref var said = ref CollectionsMarshal.GetValueRefOrAddDefault(_said, userId, out _);
        said.Bucket.TryTake(TicksOf(atMs), options.ChatPerSecond, options.ChatBurstMax, out _);
        if (isNew)
            said.LastMs = atMs;
    }

    private void Forget(long nowMs)
    {
        foreach (var (userId, said) in _said)
        {
            if (said.Bucket.IsFull(TicksOf(nowMs)) && !(said.LastMs > nowMs - MemoryMs))
                _said.Remove(userId);
        }

        if (_said.Count >= 2 * options.MembersMax)
            _said.Remove(_said.MinBy(static pair => pair.Value.LastMs ?? 0).Key);
    }

    private static long TicksOf(long ms) => ms * TimeSpan.TicksPerMillisecond;

    private struct Said
    {
        public TokenBucket Bucket;

        /// <summary>When they last said something new.</summary>
        public long? LastMs;
    }
}
