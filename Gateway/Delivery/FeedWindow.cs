using System.Collections.Immutable;
using WhatsSound.Gateway.Messages;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Delivery;

/// <summary>
/// How far a feed has come in its channel, and the newest publications up to there, bounded by count and bytes. Not safe for concurrent use.
/// </summary>
internal sealed class FeedWindow(int publicationsMax, int bytesMax)
{
    private readonly Queue<Publication> _publications = [];
    private int _bytes;

    /// <summary>Everything after this offset and up to the head is in the window.</summary>
    private long _completeAfter;

    /// <summary>What every attached session has, or is on its way to.</summary>
    public Position Head { get; private set; } = new("", 0);

    public DeliveryClass Class { get; private set; }

    /// <summary>Starts over at a position.</summary>
    public void Reset(Position head, DeliveryClass deliveryClass)
    {
        Head = head;
        Class = deliveryClass;
        Forget();
    }

    /// <summary>Whether the position lies before the head, or beside it in another epoch.</summary>
    public bool IsBehind(Position other) => !IsSameEpoch(other.Epoch) || Head.Offset < other.Offset;

    public FrameFit Fit(ChannelFrame frame)
    {
        if (!IsSameEpoch(frame.Epoch) || frame.PreviousOffset > Head.Offset)
            return FrameFit.Gap;
        return frame.HeadOffset <= Head.Offset ? FrameFit.Known : FrameFit.Continues;
    }

    /// <summary>Takes a frame that continues the window, and answers the part of it that is new.</summary>
    public FrameMessage Take(ChannelFrame frame)
    {
        var message = new FrameMessage(frame).After(Head.Offset)!;
        Head = Head with { Offset = frame.HeadOffset };
        Class = frame.Class;
        foreach (var publication in message.Frame.Publications)
            Keep(publication);
        return message;
    }

    /// <summary>Everything after a position and up to the head; false, where the window does not reach back, or the position is not before the head.</summary>
    public bool TryReadAfter(Position since, out ImmutableArray<Publication> publications)
    {
        publications = [];
        if (!IsSameEpoch(since.Epoch) || since.Offset < _completeAfter || since.Offset > Head.Offset)
            return false;
        if (since.Offset == Head.Offset)
            return true;
        publications = [.. _publications.Where(publication => publication.Offset > since.Offset)];
        if (Class == DeliveryClass.Conflated)
            publications = NewestPerKey.Of(publications);
        return true;
    }

    /// <summary>A publication has other data from now on, and so have those of the key of the one that says so behind it: for whom that is said.</summary>
    public void Amend(long offset, Payload amended, Publication by)
    {
        for (var left = _publications.Count; left > 0; left--)
        {
            var one = _publications.Dequeue();
            if (one.Offset == offset)
                one = one.AmendedBy(by, amended);
            else if (one.Offset > offset && by.Key is not null && one.Key == by.Key)
                one = one.SupersededBy(by);
            _publications.Enqueue(one);
        }

        _bytes = _publications.Sum(static one => one.ContentBytes);
        Shrink();
    }

    private bool IsSameEpoch(string epoch) => string.Equals(Head.Epoch, epoch, StringComparison.Ordinal);

    private void Keep(Publication publication)
    {
        _publications.Enqueue(publication);
        _bytes += publication.ContentBytes;
        Shrink();
    }

    private void Shrink()
    {
        while (_publications.Count > publicationsMax || _bytes > bytesMax)
        {
            var oldest = _publications.Dequeue();
            _bytes -= oldest.ContentBytes;
            _completeAfter = oldest.Offset;
        }
    }

    private void Forget()
    {
        _publications.Clear();
        _bytes = 0;
        _completeAfter = Head.Offset;
    }
}
