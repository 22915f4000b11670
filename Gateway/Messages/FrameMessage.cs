using WhatsSound.Publications;

namespace WhatsSound.Gateway.Messages;

/// <summary>Publications of a channel on their way to sockets.</summary>
internal sealed class FrameMessage(ChannelFrame frame) : OutgoingMessage
{
    public ChannelFrame Frame { get; } = frame;

    public override int BytesEstimate { get; } = EstimateOf(frame);

    /// <summary>A conflated frame replaces an older one of the same channel that nobody has seen: the newest per key of both.</summary>
    public override OutgoingMessage? Replacing(OutgoingMessage older) =>
        Frame.Class == DeliveryClass.Conflated
        && older is FrameMessage { Frame: var before }
        && string.Equals(before.Channel, Frame.Channel, StringComparison.Ordinal)
        && string.Equals(before.Epoch, Frame.Epoch, StringComparison.Ordinal)
        && before.HeadOffset <= Frame.PreviousOffset
            ? new FrameMessage(Frame with
            {
                PreviousOffset = before.PreviousOffset,
                Publications = NewestPerKey.Of([.. before.Publications, .. Frame.Publications]),
            })
            : null;

    /// <summary>What a socket that has everything up to the offset still lacks; null if nothing.</summary>
    public FrameMessage? After(long offset)
    {
        if (Frame.PreviousOffset >= offset)
            return this;
        if (Frame.HeadOffset <= offset)
            return null;
        return new FrameMessage(Frame with
        {
            PreviousOffset = offset,
            Publications = Frame.Publications.RemoveAll(publication => publication.Offset <= offset),
        });
    }

    private static int EstimateOf(ChannelFrame frame)
    {
        var bytes = 160 + frame.Channel.Length;
        foreach (var publication in frame.Publications)
            bytes += 160 + publication.ContentBytes + publication.Id.Length + (publication.Event?.Length ?? 0) + (publication.Publisher?.Length ?? 0);
        return bytes;
    }
}
