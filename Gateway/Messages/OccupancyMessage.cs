namespace WhatsSound.Gateway.Messages;

/// <summary>Tells a socket how many are in a channel; the newest stands for those before.</summary>
internal sealed class OccupancyMessage(ChannelOccupancy occupancy) : OutgoingMessage
{
    public ChannelOccupancy Occupancy { get; } = occupancy;

    public override string Channel => Occupancy.Channel;

    public override int BytesEstimate => 256;

    public override OutgoingMessage? Replacing(OutgoingMessage older) => older is OccupancyMessage ? this : null;
}
