using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Delivery;

/// <summary>Makes frames of what a channel answered, as if they had come by the stream.</summary>
internal static class CatchUp
{
    /// <summary>Bytes of data per frame, unless one publication has more: outboxes are bounded, and so is what a socket takes at a time.</summary>
    public const int FrameBytesMax = 48 * 1024;

    public static IEnumerable<ChannelFrame> FramesOf(string channel, Position since, Recovery recovery)
    {
        var previous = since.Offset;
        // All that came is other users' own: how far the channel has come is told all the same.
        if (recovery.Publications.IsEmpty && recovery.Position.Offset > previous)
            yield return FrameOf(previous, recovery.Position.Offset, []);
        for (var start = 0; start < recovery.Publications.Length;)
        {
            var end = EndOfFrame(recovery.Publications, start);
            var head = end == recovery.Publications.Length ? recovery.Position.Offset : recovery.Publications[end - 1].Offset;
            yield return FrameOf(previous, head, recovery.Publications[start..end]);
            previous = head;
            start = end;
        }

        ChannelFrame FrameOf(long previousOffset, long headOffset, ImmutableArray<Publication> publications) => new()
        {
            Channel = channel,
            Epoch = recovery.Position.Epoch,
            PreviousOffset = previousOffset,
            HeadOffset = headOffset,
            Class = recovery.Class,
            Publications = publications,
        };
    }

    private static int EndOfFrame(ImmutableArray<Publication> publications, int start)
    {
        var bytes = publications[start].ContentBytes;
        var end = start + 1;
        while (end < publications.Length && bytes + publications[end].ContentBytes <= FrameBytesMax)
            bytes += publications[end++].ContentBytes;
        return end;
    }
}
