using System.Collections.Immutable;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Streams;

/// <summary>
/// How far those channels had come of which a lane has lost frames: told with its next batch, since the gateway may know of none of them that it comes by this lane. Bounded: what is beyond it, the gateway's next renewal shows.
/// Not thread-safe: the lane locks.
/// </summary>
internal sealed class LostFrames
{
    /// <summary>512: at a name of 255 bytes they are about half a batch.</summary>
    private const int ChannelsMax = 512;

    private readonly Dictionary<string, ChannelFrame> _byChannel = new(StringComparer.Ordinal);

    /// <param name="frames">What was lost, the newest of a channel last.</param>
    public void Add(IEnumerable<ChannelFrame> frames)
    {
        foreach (var frame in frames)
        {
            if (_byChannel.Count < ChannelsMax || _byChannel.ContainsKey(frame.Channel))
                _byChannel[frame.Channel] = frame with { PreviousOffset = frame.HeadOffset, Publications = [], Occupancy = null };
        }
    }

    /// <summary>The frames, behind what was lost of other channels: of its own, each says so itself.</summary>
    public ImmutableArray<ChannelFrame> TakeBefore(ImmutableArray<ChannelFrame> frames)
    {
        if (_byChannel.Count == 0)
            return frames;
        foreach (var frame in frames)
            _byChannel.Remove(frame.Channel);
        ImmutableArray<ChannelFrame> all = [.. _byChannel.Values, .. frames];
        _byChannel.Clear();
        return all;
    }
}
