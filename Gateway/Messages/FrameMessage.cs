using WhatsSound.Publications;

namespace WhatsSound.Gateway.Messages;

/// <summary>Publications of a channel on their way to sockets.</summary>
internal sealed class FrameMessage(ChannelFrame frame) : OutgoingMessage
{
    // For those who get a part of it, whom most frames do not have. Under the feed's lock.
    private Dictionary<MessageFilter, FrameMessage>? _matching;
    private Dictionary<long, FrameMessage>? _since;

    public ChannelFrame Frame { get; } = frame;

    public override string Channel => Frame.Channel;

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

    /// <summary>
    /// What of the frame passes a filter: the frame says how far the channel has come whatever passes, so that gaps show. Made once for all whose filters are equal.
    /// </summary>
    public FrameMessage Matching(MessageFilter filter)
    {
        _matching ??= [];
        if (!_matching.TryGetValue(filter, out var matching))
            _matching.Add(filter, matching = Only(filter.Matches));
        return matching;
    }

    /// <summary>The frame without the publications that came from a connection.</summary>
    public FrameMessage Without(string connection) => Only(publication => !string.Equals(publication.Connection, connection, StringComparison.Ordinal));

    /// <summary>The frame for somebody who was told of nothing since that offset, since nothing passed.</summary>
    public FrameMessage Since(long offset)
    {
        if (Frame.PreviousOffset == offset)
            return this;
        _since ??= [];
        if (!_since.TryGetValue(offset, out var since))
            _since.Add(offset, since = new FrameMessage(Frame with { PreviousOffset = offset }));
        return since;
    }

    private FrameMessage Only(Func<Publication, bool> passes)
    {
        var passed = Frame.Publications.RemoveAll(publication => !passes(publication));
        return passed.Length == Frame.Publications.Length ? this : new FrameMessage(Frame with { Publications = passed });
    }

    private static int EstimateOf(ChannelFrame frame)
    {
        var bytes = 160 + frame.Channel.Length;
        foreach (var publication in frame.Publications)
            bytes += 160 + publication.ContentBytes + publication.Id.Length + (publication.Event?.Length ?? 0) + (publication.Publisher?.Length ?? 0);
        return bytes;
    }
}
