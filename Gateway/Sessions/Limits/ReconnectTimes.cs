namespace WhatsSound.Gateway.Sessions;

/// <summary>When those who are sent away for one reason may come back: those who are told at once are told different times, so that they do not come back at once.</summary>
internal sealed class ReconnectTimes(TimeSpan middle)
{
    /// <summary>Multiples of it, modulo 1, lie about as far apart as can be, however many there are.</summary>
    private const double GoldenRatio = 0.618_033_988_749_895;

    private uint _told;

    /// <summary>Half to one and a half times the middle, in milliseconds; another one each time.</summary>
    public long NextMs()
    {
        var share = Interlocked.Increment(ref _told) * GoldenRatio % 1;
        return (long)(middle.TotalMilliseconds * (0.5 + share));
    }
}
