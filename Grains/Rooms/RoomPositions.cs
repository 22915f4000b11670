using WhatsSound.Playback;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Where the channels stand that only the room writes to: known from their acknowledgements, so that a crowd that joins at once does not ask for it each time.
/// A channel that lost its memory has another epoch; hence knowledge is trusted for a moment only.
/// </summary>
internal sealed class RoomPositions(RoomChannels channels, IRoomClock clock)
{
    /// <summary>Long enough for a crowd, short enough that a client who is told of a lost epoch gets the new one with its next snapshot.</summary>
    private const long TrustMs = 1000;

    private readonly Dictionary<string, (Position Position, long AtMs)> _known = new(StringComparer.Ordinal);

    public void Took(string channel, Position position) => _known[channel] = (position, clock.NowMs);

    /// <summary>The head of a channel; null if it cannot be reached.</summary>
    public async Task<Position?> FindAsync(string channel, bool isFresh)
    {
        if (!isFresh && _known.TryGetValue(channel, out var known) && clock.NowMs - known.AtMs < TrustMs)
            return known.Position;
        var head = await channels.FindHeadAsync(channel);
        if (head is { } position)
            Took(channel, position);
        return head;
    }
}
