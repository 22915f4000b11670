using WhatsSound.Gateway.Messages;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Delivery;

/// <summary>A subscriber on a feed. Its fields belong to the feed, under its lock.</summary>
internal sealed class ChannelAttachment(ISubscriber subscriber, ChannelFeed feed)
{
    public ISubscriber Subscriber { get; } = subscriber;

    public ChannelFeed Feed { get; } = feed;

    /// <summary>Where the feed keeps it; -1: nowhere.</summary>
    public int Index { get; set; } = -1;

    /// <summary>The subscriber has everything up to here, which may be ahead of the feed.</summary>
    public long HasUpTo { get; set; }

    /// <summary>Where the subscriber was attached, as it was answered: what it gets live follows that. Another where the channel has begun to number anew since. Null: nowhere yet.</summary>
    public Position? BeganAt { get; set; }

    /// <summary>Which publications the subscriber gets; null: all.</summary>
    public Wants? Wants { get; private set; }

    /// <summary>Whether the subscriber is told how many are in the channel.</summary>
    public bool FollowsOccupancy { get; set; }

    /// <summary>Up to where the subscriber has been told that it has everything it wants: before <see cref="HasUpTo"/> where nothing passed since.</summary>
    public long ToldUpTo { get; private set; }

    /// <summary>For how long there has been something that it was not told.</summary>
    private TimeSpan _untoldFor;

    /// <summary>How much was published that it was not told.</summary>
    private int _untoldBytes;

    /// <summary>While it is there, what is delivered waits in it.</summary>
    public AttachmentHold? Hold { get; set; }

    /// <summary>Delivers what the subscriber has not got yet.</summary>
    public void Deliver(FrameMessage message)
    {
        if (message.After(HasUpTo) is not { } rest)
            return;
        HasUpTo = message.Frame.HeadOffset;
        var (own, forAll) = rest.For(Subscriber.UserId);
        if (own is not null)
            Pass(own);
        Pass(forAll);
    }

    /// <summary>From here on the subscriber has everything up to the offset, and gets what it wants of what follows.</summary>
    public void Begin(long offset, Wants? wants) => Begin(offset, offset, wants);

    /// <summary>As <see cref="Begin(long, Wants?)"/>, where nothing of what follows an earlier offset was wanted.</summary>
    public void Begin(long offset, long toldUpTo, Wants? wants)
    {
        (HasUpTo, ToldUpTo, Wants) = (offset, toldUpTo, wants);
        // What was skipped before still counts.
        if (toldUpTo == offset)
            _untoldBytes = 0;
    }

    /// <summary>Tells, once it is time, how far the channel has come; called now and then.</summary>
    /// <param name="frame">An empty frame of the channel.</param>
    /// <param name="elapsed">Since the call before.</param>
    public void TellHowFar(ChannelFrame frame, TimeSpan elapsed)
    {
        if (Wants is not { } wants || ToldUpTo >= HasUpTo || Hold is not null)
            return;
        _untoldFor += elapsed;
        if (_untoldFor >= wants.UntoldFor)
            TellUpTo(HasUpTo, new FrameMessage(frame with { PreviousOffset = ToldUpTo, HeadOffset = HasUpTo }));
    }

    /// <summary>Tells of a loss: what follows its position is delivered, whatever the subscriber had.</summary>
    public void Deliver(LostMessage message)
    {
        // It came by another way than the feed, and is ahead of it: it has what the feed has lost.
        if (message.Lost.LostTo <= HasUpTo)
            return;
        HasUpTo = ToldUpTo = message.Lost.Position.Offset;
        if (!string.Equals(BeganAt?.Epoch, message.Lost.Position.Epoch, StringComparison.Ordinal))
            BeganAt = message.Lost.Position;
        _untoldBytes = 0;
        Tell(message);
    }

    private void Pass(FrameMessage message)
    {
        if (Wants is null)
            Tell(message);
        else
            TellWanted(message, Wants);
    }

    private void TellWanted(FrameMessage message, Wants wants)
    {
        _untoldBytes += message.ContentBytes;
        var wanted = wants.Of(message).Since(ToldUpTo);
        if (!wanted.Frame.Publications.IsEmpty || wanted.Frame.HeadOffset - ToldUpTo >= wants.UntoldMax || _untoldBytes >= wants.UntoldBytesMax)
            TellUpTo(wanted.Frame.HeadOffset, wanted);
    }

    private void TellUpTo(long offset, FrameMessage message)
    {
        ToldUpTo = offset;
        _untoldFor = TimeSpan.Zero;
        _untoldBytes = 0;
        Tell(message);
    }

    private void Tell(OutgoingMessage message)
    {
        if (Hold is null)
            Subscriber.Deliver(message);
        else
            Hold.Add(message);
    }
}
