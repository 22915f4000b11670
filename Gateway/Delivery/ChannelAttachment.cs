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

    /// <summary>While it is there, what is delivered waits in it.</summary>
    public AttachmentHold? Hold { get; set; }

    /// <summary>Delivers what the subscriber has not got yet.</summary>
    public void Deliver(FrameMessage message)
    {
        if (message.After(HasUpTo) is not { } rest)
            return;
        HasUpTo = message.Frame.HeadOffset;
        Tell(rest);
    }

    /// <summary>Tells of a loss: what follows its position is delivered, whatever the subscriber had.</summary>
    public void Deliver(LostMessage message)
    {
        HasUpTo = message.Lost.Position.Offset;
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
