namespace WhatsSound.Gateway.Messages;

/// <summary>Tells a socket that a live subscription could not be kept whole, and where delivery goes on.</summary>
internal sealed class LostMessage(ChannelLost lost) : OutgoingMessage
{
    public ChannelLost Lost { get; } = lost;

    public override string Channel => Lost.Channel;

    public override int BytesEstimate => 256;
}
