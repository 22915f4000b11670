using System.Collections.Immutable;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Streams;

/// <summary>
/// The frames that wait for one gateway, in order; bounded by count and bytes. At a bound all that waits is dropped and the sequence skips: the gateway
/// then reads the channels of the lane anyway, so nothing is gained by keeping a part. Not thread-safe: the lane locks.
/// </summary>
internal sealed class LaneQueue(int framesMax, int bytesMax)
{
    private readonly Queue<(ChannelFrame Frame, int Bytes)> _frames = new();
    private int _bytes;

    public int Count => _frames.Count;

    /// <summary>What was dropped to make room; mostly nothing.</summary>
    public IReadOnlyList<ChannelFrame> Enqueue(ChannelFrame frame, int bytes)
    {
        IReadOnlyList<ChannelFrame> dropped = [];
        if (_frames.Count > 0 && (_frames.Count >= framesMax || _bytes + bytes > bytesMax))
        {
            dropped = [.. _frames.Select(static one => one.Frame)];
            Clear();
        }

        _frames.Enqueue((frame, bytes));
        _bytes += bytes;
        return dropped;
    }

    /// <summary>Takes the oldest frames up to a number of bytes, at least one if there is any.</summary>
    public ImmutableArray<ChannelFrame> Take(int batchBytesMax)
    {
        var taken = ImmutableArray.CreateBuilder<ChannelFrame>(_bytes <= batchBytesMax ? _frames.Count : 1);
        var takenBytes = 0;
        while (_frames.TryPeek(out var next) && (taken.Count == 0 || takenBytes + next.Bytes <= batchBytesMax))
        {
            taken.Add(next.Frame);
            takenBytes += next.Bytes;
            _frames.Dequeue();
        }

        _bytes -= takenBytes;
        return taken.DrainToImmutable();
    }

    public void Clear()
    {
        _frames.Clear();
        _bytes = 0;
    }
}
