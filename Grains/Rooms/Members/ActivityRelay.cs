using System.Collections.Immutable;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Tells presence which members have done something, so that it shows them first and counts them: what they say and vote goes to the room and its chat, of which presence hears nothing. Collected, as a summary of presence shows no more:
/// one call in two seconds, however much is said, which nobody waits for; one that is lost is as if somebody had been silent for a moment. Bounded by the members.
/// </summary>
internal sealed class ActivityRelay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly string _channel;
    private readonly RoomChannels _channels;
    private readonly RoomTimer _timer;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public ActivityRelay(IGrainBase grain, string channel, RoomChannels channels)
    {
        (_channel, _channels) = (channel, channels);
        _timer = new RoomTimer(grain, TellAsync, interleaves: true);
    }

    /// <summary>A member did something.</summary>
    public void Saw(string userId)
    {
        if (_seen.Add(userId) && !_timer.IsSet)
            _timer.Set(Interval);
    }

    private async Task TellAsync()
    {
        var userIds = _seen.ToImmutableArray();
        _seen.Clear();
        await _channels.TellAsync(_channel, channel => channel.TouchAsync(userIds));
    }
}
