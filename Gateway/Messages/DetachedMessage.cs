namespace WhatsSound.Gateway.Messages;

/// <summary>Tells a socket that a subscription has ended that its peer has not ended. Nothing of the channel follows.</summary>
internal sealed class DetachedMessage(ChannelDetached detached) : OutgoingMessage
{
    public ChannelDetached Detached { get; } = detached;

    public override string Channel => Detached.Channel;

    public override int BytesEstimate => 256;
}
