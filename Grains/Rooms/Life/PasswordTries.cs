using WhatsSound.Limits;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// How often passwords are tried: five times a minute by a user; and from an address, five times a minute by those who have tried within the minute, and apart from that sixty times by those who have not. So whoever guesses from an
/// address takes nothing from the others there, unless they are sixty a minute. In the room, while nobody has given the right one, a hundred at once and two a second after that, from wherever: each is compared in the room's turn, for some
/// 30 ms. At the bound the user who has tried longest ago is forgotten, and addresses share a limit.
/// </summary>
/// <param name="knownMax">How many users, and how many addresses.</param>
internal sealed class PasswordTries(int knownMax)
{
    private const int TriesMax = 5;
    private const int FirstTriesMax = 60;
    private const int ComparedMax = 100;
    private const double ComparedPerSecond = 2;
    private const double TriesPerSecond = TriesMax / 60.0;
    private const double FirstTriesPerSecond = FirstTriesMax / 60.0;

    private readonly RecentBuckets<string> _users = new(knownMax);
    private readonly RecentBuckets<string> _lately = new(knownMax);
    private readonly KeyedBuckets<string> _addresses = new(TriesPerSecond, TriesMax, knownMax);
    private readonly KeyedBuckets<string> _firstOfAddresses = new(FirstTriesPerSecond, FirstTriesMax, knownMax);

    private TokenBucket _compared;

    /// <summary>Null: this one may be looked at.</summary>
    /// <param name="userId">Who tries.</param>
    /// <param name="address">From where; null: not known.</param>
    /// <param name="isSlow">Whether it has to be compared slowly: the right one is not known.</param>
    /// <param name="nowMs">Room time.</param>
    public Refusal? Take(string userId, string? address, bool isSlow, long nowMs)
    {
        var nowTicks = nowMs * TimeSpan.TicksPerMillisecond;
        if (!_users.HasAny(userId, nowTicks, TriesPerSecond, TriesMax, out var retryAfter))
            return TooMany(retryAfter);
        if (isSlow && !_compared.HasAny(nowTicks, ComparedPerSecond, ComparedMax, out retryAfter))
            return TooMany(retryAfter);
        var isFirst = _lately.HasAny(userId, nowTicks, 1 / 60.0, burst: 1, out _);
        if (address is not null && !(isFirst ? _firstOfAddresses : _addresses).TryTake(address, nowTicks, out retryAfter))
            return TooMany(retryAfter);
        if (isSlow)
            _compared.TryTake(nowTicks, ComparedPerSecond, ComparedMax, out _);
        _users.TryTake(userId, nowTicks, TriesPerSecond, TriesMax, out _);
        _lately.TryTake(userId, nowTicks, 1 / 60.0, burst: 1, out _);
        return null;
    }

    private static Refusal TooMany(TimeSpan retryAfter) => Refusals.TooOften("password", "Too many passwords were tried.", retryAfter);
}
