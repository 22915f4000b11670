using WhatsSound.Gateway.Messages;

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

    /// <summary>Which publications the subscriber gets; null: all.</summary>
    public Wants? Wants { get; private set; }

    /// <summary>Up to where the subscriber has been told that it has everything it wants: before <see cref="HasUpTo"/> where nothing passed since.</summary>
    private long ToldUpTo { get; set; }

    /// <summary>While it is there, what is delivered waits in it.</summary>
    public AttachmentHold? Hold { get; set; }

    /// <summary>Delivers what the subscriber has not got yet.</summary>
    public void Deliver(FrameMessage message)
    {
        if (message.After(HasUpTo) is not { } rest)
            return;
        HasUpTo = message.Frame.HeadOffset;
        if (Wants is null)
            Tell(rest);
        else
            TellWanted(rest, Wants);
    }

    /// <summary>From here on the subscriber has everything up to the offset, and gets what it wants of what follows.</summary>
    public void Begin(long offset, Wants? wants) => (HasUpTo, ToldUpTo, Wants) = (offset, offset, wants);

    /// <summary>Tells of a loss: what follows its position is delivered, whatever the subscriber had.</summary>
    public void Deliver(LostMessage message)
    {
        HasUpTo = ToldUpTo = message.Lost.Position.Offset;
        Tell(message);
    }

    private void TellWanted(FrameMessage message, Wants wants)
    {
        var wanted = wants.Of(message).Since(ToldUpTo);
        if (wanted.Frame.Publications.IsEmpty && wanted.Frame.HeadOffset - ToldUpTo < Wants.UntoldMax)
            return;
        ToldUpTo = wanted.Frame.HeadOffset;
        Tell(wanted);
    }

    private void Tell(OutgoingMessage message)
    {
        if (Hold is null)
            Subscriber.Deliver(message);
        else
            Hold.Add(message);
    }
}
